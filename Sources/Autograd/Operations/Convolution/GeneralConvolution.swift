import Kernels
import Tensors

/// A convolution with gaps in its windows, or of groups of channels that see nothing of each other. Inputs: images (height, width,
/// channels), kernel (height, width, channels of a group, filters), and perhaps a bias.
package struct GeneralConvolution: FusibleConvolution {
    package let shape: GeneralConvolutionShape
    let hasBias: Bool

    /// With Keras's padding: "same" pads so that only strides shrink the image. Windows with gaps are not strided.
    package init(
        _ x: Value, kernel: Value, hasBias: Bool, strides: (vertical: Int, horizontal: Int),
        dilation: (vertical: Int, horizontal: Int), groups: Int, same: Bool
    ) throws(ShapeError) {
        guard groups > 0, x.shape.rank == 3, kernel.shape.rank == 4, kernel.shape[3] % groups == 0,
            x.shape[2] % groups == 0, kernel.shape[2] == x.shape[2] / groups
        else {
            throw ShapeError(
                "the kernel (height, width, channels of a group, filters) does not fit the image", kernel.shape, x.shape
            )
        }
        let windows = try convolutionWindows(
            x, kernel: kernel, filters: kernel.shape[3], strides: strides, dilation: dilation, same: same)
        shape = GeneralConvolutionShape(
            vertical: windows.vertical, horizontal: windows.horizontal, channels: x.shape[2],
            filters: kernel.shape[3], groups: groups)
        self.hasBias = hasBias
    }

    package var title: String { kindOfConvolution(shape) }
    package var resultType: ValueType {
        .image(Shape(shape.vertical.count, shape.horizontal.count, shape.filters))
    }
    package var flops: Int { shape.flops }
    package var space: Int { shape.frameFloats }
    package var preparation: Preparation? {
        let panels = GeneralConvolutionPanels(shape)
        return Preparation(floats: panels.floats, pieces: panels.pieces)
    }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, kernel, dy) = (request.inputs[0], request.inputs[1], request.upstream)
        return [
            request.wanted[0] ? try graph.apply(GeneralInputGradient(shape: shape), to: dy, kernel) : nil,
            request.wanted[1] ? try graph.apply(GeneralKernelGradient(shape: shape), to: x, dy) : nil,
            hasBias && request.wanted[2] ? try graph.apply(BiasGradient(dy), to: dy) : nil,
        ]
    }

    package func prepare(_ run: borrowing Run) {
        GeneralConvolutionPanels(shape).pack(
            piece: run.piece, kernel: run.input(1), bias: hasBias ? run.input(2) : nil, to: run.prepared)
    }

    package func run(_ run: borrowing Run) { self.run(run, epilogue: .none) }

    func run(_ run: borrowing Run, epilogue: Epilogue) {
        convolve(
            shape, images: run.images, x: run.input(0), packedKernel: run.prepared, epilogue: epilogue, y: run.output,
            frames: run.space)
    }
}

/// The gradient with respect to such a convolution's images. Inputs: the gradient of its result, its kernel.
struct GeneralInputGradient: ImageOperation {
    let shape: GeneralConvolutionShape

    var title: String { "\(kindOfConvolution(shape)) input gradient" }
    var resultType: ValueType { .image(Shape(shape.vertical.size, shape.horizontal.size, shape.channels)) }
    var flops: Int { shape.flops }
    var space: Int { shape.inputGradientFloats }
    var preparation: Preparation? {
        let panels = GeneralTransposedPanels(shape)
        return Preparation(floats: panels.floats, pieces: panels.pieces)
    }

    func prepare(_ run: borrowing Run) {
        GeneralTransposedPanels(shape).pack(piece: run.piece, kernel: run.input(1), to: run.prepared)
    }

    func run(_ run: borrowing Run) {
        convolutionInputGradient(
            shape, images: run.images, dy: run.input(0), packedKernel: run.prepared, dx: run.output, frames: run.space)
    }
}

/// The gradient with respect to such a convolution's kernel. Inputs: its images, the gradient of its result.
struct GeneralKernelGradient: SumOperation {
    let shape: GeneralConvolutionShape

    var title: String { "\(kindOfConvolution(shape)) kernel gradient" }
    var resultType: ValueType {
        .whole(Shape(shape.vertical.window, shape.horizontal.window, shape.groupChannels, shape.filters))
    }
    var flops: Int { shape.flops }
    var space: Int { shape.kernelGradientFloats }

    func add(_ run: borrowing Run) {
        shape.addKernelGradient(
            images: run.images, x: run.input(0), dy: run.input(1), dw: run.output, space: run.space)
    }
}

private func kindOfConvolution(_ shape: GeneralConvolutionShape) -> String {
    let isDilated = shape.vertical.dilation > 1 || shape.horizontal.dilation > 1
    return (isDilated ? "dilated " : "") + (shape.groups > 1 ? "grouped " : "") + "convolution"
}
