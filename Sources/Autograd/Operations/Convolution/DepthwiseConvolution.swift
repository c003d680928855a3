import Kernels
import Tensors

/// Slides a kernel over every channel by itself. Inputs: images (height, width, channels), kernel (height, width, channels,
/// multiplier), and perhaps a bias.
///
/// The kernel may also be that of a convolution whose groups have one channel each, (height, width, 1, channels × multiplier):
/// the numbers are the same, and in the same order.
package struct DepthwiseConvolution: FusibleConvolution {
    package let shape: DepthwiseShape
    private let kernelShape: Shape
    let hasBias: Bool

    /// With Keras's padding: "same" pads so that only strides shrink the image. Windows with gaps are not strided.
    package init(
        _ x: Value, kernel: Value, hasBias: Bool, strides: (vertical: Int, horizontal: Int),
        dilation: (vertical: Int, horizontal: Int) = (1, 1), same: Bool
    ) throws(ShapeError) {
        guard x.shape.rank == 3, kernel.shape.rank == 4,
            let multiplier = Self.multiplier(kernel.shape, channels: x.shape[2])
        else {
            throw ShapeError(
                "the kernel (height, width, channels, multiplier) does not fit the image", kernel.shape, x.shape)
        }
        // Shapes are bounded so that this is far from overflow.
        let windows = try convolutionWindows(
            x, kernel: kernel, filters: x.shape[2] * multiplier, strides: strides, dilation: dilation, same: same)
        shape = DepthwiseShape(
            vertical: windows.vertical, horizontal: windows.horizontal, channels: x.shape[2],
            multiplier: multiplier)
        kernelShape = kernel.shape
        self.hasBias = hasBias
    }

    /// How many filters each channel has; nil where the kernel is for other images.
    private static func multiplier(_ kernel: Shape, channels: Int) -> Int? {
        if kernel[2] == channels { return kernel[3] }
        return kernel[2] == 1 && kernel[3] % channels == 0 ? kernel[3] / channels : nil
    }

    package var resultType: ValueType { .image(Shape(shape.vertical.count, shape.horizontal.count, shape.width)) }
    package var flops: Int { shape.flops }
    package var scratch: Int { shape.repeatedFloats }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, kernel, dy) = (request.inputs[0], request.inputs[1], request.upstream)
        return [
            request.wanted[0] ? try graph.apply(DepthwiseInputGradient(shape: shape), to: dy, kernel) : nil,
            request.wanted[1]
                ? try graph.apply(DepthwiseKernelGradient(shape: shape, kernelShape: kernelShape), to: x, dy) : nil,
            hasBias && request.wanted[2] ? try graph.apply(BiasGradient(dy), to: dy) : nil,
        ]
    }

    package func run(_ run: borrowing Run) { self.run(run, epilogue: .none) }

    func run(_ run: borrowing Run, epilogue: Epilogue) {
        convolveDepthwise(
            shape, images: run.images, x: run.input(0), kernel: run.input(1), bias: hasBias ? run.input(2) : nil,
            epilogue: epilogue, y: run.output, scratch: run.scratch)
    }
}

/// The gradient with respect to a depthwise convolution's images. Inputs: the gradient of its result, its kernel.
struct DepthwiseInputGradient: ImageOperation {
    let shape: DepthwiseShape

    var title: String { "depthwise convolution input gradient" }
    var resultType: ValueType { .image(Shape(shape.vertical.size, shape.horizontal.size, shape.channels)) }
    var flops: Int { shape.flops }
    var scratch: Int { shape.repeatedFloats }

    func run(_ run: borrowing Run) {
        depthwiseInputGradient(
            shape, images: run.images, dy: run.input(0), kernel: run.input(1), dx: run.output, scratch: run.scratch)
    }
}

/// The gradient with respect to a depthwise convolution's kernel. Inputs: its images, the gradient of its result.
struct DepthwiseKernelGradient: SumOperation {
    let shape: DepthwiseShape
    let kernelShape: Shape

    var title: String { "depthwise convolution kernel gradient" }
    var resultType: ValueType { .whole(kernelShape) }
    var flops: Int { shape.flops }
    var scratch: Int { shape.kernelGradientFloats }

    func add(_ run: borrowing Run) {
        shape.addKernelGradient(
            images: run.images, x: run.input(0), dy: run.input(1), dw: run.output, scratch: run.scratch)
    }
}
