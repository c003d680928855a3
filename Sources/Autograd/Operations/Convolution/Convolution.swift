import Kernels
import Tensors

/// Slides a kernel over every image. Inputs: images (height, width, channels), kernel HWIO, and perhaps a bias.
package struct Convolution: FusibleConvolution {
    package let shape: ConvolutionShape
    let hasBias: Bool
    /// Whether a ReLU is part of it.
    private(set) var rectifies = false

    /// With Keras's padding: "same" pads so that only strides shrink the image.
    package init(
        _ x: Value, kernel: Value, hasBias: Bool, strides: (vertical: Int, horizontal: Int), same: Bool
    ) throws(ShapeError) {
        guard x.shape.rank == 3, kernel.shape.rank == 4, kernel.shape[2] == x.shape[2] else {
            throw ShapeError(
                "the kernel (height, width, channels, filters) does not fit the image", kernel.shape, x.shape)
        }
        let windows = try convolutionWindows(
            x, kernel: kernel, filters: kernel.shape[3], strides: strides, same: same)
        shape = ConvolutionShape(
            vertical: windows.vertical, horizontal: windows.horizontal, channels: x.shape[2],
            filters: kernel.shape[3])
        self.hasBias = hasBias
    }

    /// The same with a ReLU behind it.
    var rectified: Convolution {
        var copy = self
        copy.rectifies = true
        return copy
    }

    package var name: String { rectifies ? "ConvolutionReLU" : "Convolution" }
    package var title: String { rectifies ? "convolution + ReLU" : "convolution" }
    package var variant: String? { shape.variant.label }
    package var resultType: ValueType {
        .image(Shape(shape.vertical.count, shape.horizontal.count, shape.filters))
    }
    /// With a ReLU, the convolution's own are counted where it was recorded without.
    package var flops: Int { rectifies ? resultType.shape.count : shape.flops }
    private var winograd: WinogradForward? { shape.fastWinograd.map(WinogradForward.init) }
    package var space: Int { winograd == nil ? shape.frameFloats : 0 }
    package var scratch: Int { winograd?.scratch ?? 0 }
    package var preparation: Preparation? {
        if let winograd { return winograd.preparation }
        let panels = ConvolutionKernelPanels(shape)
        return Preparation(floats: panels.floats, pieces: panels.pieces)
    }

    /// With stride s, y[i, j, f] = b[f] + Σ x[i·s + p, j·s + q, c] · w[p, q, c, f] over p, q and c. A gradient is a sum over whatever
    /// its variable went into, and dy is the gradient of y:
    ///
    ///     dw[p, q, c, f] = Σ x[i·s + p, j·s + q, c] · dy[i, j, f]   over images, i and j
    ///     dx[h, v, c]    = Σ dy[i, j, f] · w[p, q, c, f]            over f and all i·s + p = h, j·s + q = v
    ///     db[f]          = Σ dy[i, j, f]                            over images, i and j
    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, kernel) = (request.inputs[0], request.inputs[1])
        var dy = request.upstream
        if rectifies {
            dy = try graph.apply(ActivationGradient(function: ReLU(), resultType: resultType), to: dy, request.output)
        }
        return [
            request.wanted[0] ? try graph.apply(shape.inputGradient, to: dy, kernel) : nil,
            request.wanted[1] ? try shape.kernelGradient(x, dy, in: &graph) : nil,
            hasBias && request.wanted[2] ? try graph.apply(BiasGradient(dy), to: dy) : nil,
        ]
    }

    package func prepare(_ run: borrowing Run) {
        if let winograd { return winograd.prepare(run, hasBias: hasBias) }
        ConvolutionKernelPanels(shape).pack(
            piece: run.piece, kernel: run.input(1), bias: hasBias ? run.input(2) : nil, to: run.prepared)
    }

    package func run(_ run: borrowing Run) { self.run(run, epilogue: Epilogue(bounds: rectifies ? .rectified : .none)) }

    func run(_ run: borrowing Run, epilogue: Epilogue) {
        if let winograd { return winograd.run(run, epilogue: epilogue) }
        convolve(
            shape, images: run.images, x: run.input(0), packedKernel: run.prepared, epilogue: epilogue, y: run.output,
            frames: run.space)
    }
}

/// The gradient with respect to a convolution's images. Inputs: the gradient of its result, its kernel.
struct ConvolutionInputGradient: ImageOperation {
    let shape: ConvolutionShape

    var variant: String? { ConvolutionVariant.direct.label }
    var resultType: ValueType {
        .image(Shape(shape.vertical.size, shape.horizontal.size, shape.channels))
    }
    var flops: Int { shape.flops }
    var space: Int { shape.inputGradientFloats }
    var preparation: Preparation? {
        let panels = ConvolutionTransposedPanels(shape)
        return Preparation(floats: panels.floats, pieces: panels.pieces)
    }

    func prepare(_ run: borrowing Run) {
        ConvolutionTransposedPanels(shape).pack(piece: run.piece, kernel: run.input(1), to: run.prepared)
    }

    func run(_ run: borrowing Run) {
        convolutionInputGradient(
            shape, images: run.images, dy: run.input(0), packedKernel: run.prepared, dx: run.output, frames: run.space)
    }
}

/// A sum over what a convolution read in its forward pass, which is the first input.
protocol KernelGradient: SumOperation {}

/// The gradient with respect to a convolution's kernel. Inputs: its images, the gradient of its result.
struct ConvolutionKernelGradient: KernelGradient {
    let shape: ConvolutionShape

    var variant: String? { ConvolutionVariant.direct.label }
    var resultType: ValueType { .whole(shape.kernelShape) }
    var flops: Int { shape.flops }
    var space: Int { shape.kernelGradientFloats }

    func add(_ run: borrowing Run) {
        addConvolutionKernelGradient(
            shape, images: run.images, x: run.input(0), dy: run.input(1), dw: run.output, space: run.space)
    }
}

extension ConvolutionShape {
    /// The gradient with respect to the images, by the fastest kernel.
    var inputGradient: any Operation {
        if let winograd = fastWinograd { return WinogradInputGradient(winograd: winograd) }
        return ConvolutionInputGradient(shape: self)
    }

    /// Records the gradient with respect to the kernel, by the fastest kernel.
    func kernelGradient(_ x: Value, _ dy: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        guard let winograd = fastWinograd else {
            return try graph.apply(ConvolutionKernelGradient(shape: self), to: x, dy)
        }
        guard winograd.cutsKernelGradient else {
            return try graph.apply(WinogradKernelGradient(winograd: winograd), to: x, dy)
        }
        let parts = try graph.apply(WideWinogradKernelGradient(winograd), to: x, dy)
        return try graph.apply(SumOfRows(rows: parts.shape[0], shape: kernelShape), to: parts)
    }

    /// HWIO.
    var kernelShape: Shape { Shape(vertical.window, horizontal.window, channels, filters) }
}
