import Kernels
import Tensors

// What a convolution and its gradients do where Winograd's algorithm is faster: the same function, rounded differently.

extension Convolution {
    /// The convolution's forward pass with Winograd's algorithm.
    struct WinogradForward {
        let winograd: Winograd

        private var panels: WinogradKernelPanels { WinogradKernelPanels(winograd, .forward) }
        var scratch: Int { winograd.convolutionFloats }
        var preparation: Preparation { Preparation(floats: panels.floats, pieces: panels.pieces) }

        func prepare(_ run: borrowing Run, hasBias: Bool) {
            panels.pack(
                piece: run.piece, kernel: run.input(1), bias: hasBias ? run.input(2) : nil, to: run.prepared)
        }

        func run(_ run: borrowing Run, epilogue: Epilogue) {
            winogradConvolve(
                winograd, images: run.images, x: run.input(0), packedKernel: run.prepared, rectifies: epilogue.isReLU,
                y: run.output, scratch: run.scratch)
            if epilogue.isReLU { return }
            let (filters, count) = (winograd.shape.filters, winograd.shape.outputCount)
            epilogue.apply(to: run.output, rows: run.images * count / filters, channels: filters, columns: filters)
        }
    }
}

/// The gradient with respect to a convolution's images. Inputs: the gradient of its result, its kernel.
struct WinogradInputGradient: ImageOperation {
    let winograd: Winograd

    var title: String { "convolution input gradient" }
    var variant: String? { ConvolutionVariant.winograd(winograd).label }
    private var shape: ConvolutionShape { winograd.shape }
    private var panels: WinogradKernelPanels { WinogradKernelPanels(winograd, .backward) }
    var resultType: ValueType {
        .image(Shape(shape.vertical.size, shape.horizontal.size, shape.channels))
    }
    var flops: Int { shape.flops }
    var scratch: Int { winograd.inputGradientFloats }
    var preparation: Preparation? { Preparation(floats: panels.floats, pieces: panels.pieces) }

    func prepare(_ run: borrowing Run) {
        panels.pack(piece: run.piece, kernel: run.input(1), bias: nil, to: run.prepared)
    }

    func run(_ run: borrowing Run) {
        winogradInputGradient(
            winograd, images: run.images, dy: run.input(0), packedKernel: run.prepared, dx: run.output,
            scratch: run.scratch)
    }
}

/// The gradient with respect to a convolution's kernel. Inputs: its images, the gradient of its result.
///
/// A shard gathers components, up to four times as many numbers as its part of the gradient, in memory that stays in a core's cache.
struct WinogradKernelGradient: KernelGradient {
    let winograd: Winograd

    var title: String { "convolution kernel gradient" }
    var variant: String? { ConvolutionVariant.winograd(winograd).label }
    private var sums: WinogradKernelSums { WinogradKernelSums(winograd) }
    var resultType: ValueType { .whole(winograd.shape.kernelShape) }
    var flops: Int { winograd.shape.flops }
    var overwrites: Bool { true }
    var gatheredFloats: Int { sums.floats }
    var scratch: Int { winograd.kernelGradientFloats }

    func add(_ run: borrowing Run) {
        addWinogradKernelGradient(
            sums, images: run.images, x: run.input(0), dy: run.input(1), isFirst: run.isFirst, sums: run.output,
            scratch: run.scratch)
    }

    func finish(_ gathered: UnsafePointer<Float>, to part: UnsafeMutablePointer<Float>) {
        sums.kernelGradient(of: gathered, to: part)
    }
}

/// The same for so many channels and filters that components of a thread of its own would fill the caches: parts of the batch
/// with a gradient each, shared out by filters, too. Inputs: images, the gradient of the result.
struct WideWinogradKernelGradient: WholeOperation {
    private let winograd: Winograd
    private let kernel: WinogradGradientPieces

    init(_ winograd: Winograd) {
        self.winograd = winograd
        kernel = WinogradGradientPieces(winograd)
    }

    var title: String { "convolution kernel gradient" }
    var variant: String? { "\(ConvolutionVariant.winograd(winograd).label), cut by filters" }
    var resultType: ValueType { .whole(Shape(WinogradGradientPieces.parts, winograd.shape.kernelCount)) }
    var flops: Int { winograd.shape.flops }
    var pieces: Int { kernel.pieces }
    var scratch: Int { kernel.scratchFloats }

    func run(_ run: borrowing Run) {
        kernel.compute(
            piece: run.piece, batch: run.batch, x: run.input(0), dy: run.input(1), to: run.output, scratch: run.scratch)
    }
}

/// The sum of the rows of a value. Input: a value of two axes.
struct SumOfRows: WholeOperation {
    let rows: Int
    /// Of a row.
    let shape: Shape

    var resultType: ValueType { .whole(shape) }
    var flops: Int { 0 }
    var pieces: Int { piecesOfRange(shape.count) }

    func run(_ run: borrowing Run) {
        sumParts(
            parts: rows, stride: shape.count, range: run.share(of: shape.count), from: run.input(0), to: run.output)
    }
}
