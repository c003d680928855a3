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

        func run(_ run: borrowing Run, finish: Finish) {
            winogradConvolve(
                winograd, images: run.images, x: run.input(0), packedKernel: run.prepared, rectifies: finish.isReLU,
                y: run.output, scratch: run.scratch)
            if finish.isReLU { return }
            let (filters, count) = (winograd.shape.filters, winograd.shape.outputCount)
            finish.apply(to: run.output, rows: run.images * count / filters, channels: filters, columns: filters)
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
struct WinogradKernelGradient: KernelGradient {
    let winograd: Winograd

    var title: String { "convolution kernel gradient" }
    var variant: String? { ConvolutionVariant.winograd(winograd).label }
    private var shape: ConvolutionShape { winograd.shape }
    private var sums: WinogradKernelSums { WinogradKernelSums(winograd) }
    var resultType: ValueType { .whole(Shape(3, 3, shape.channels, shape.filters)) }
    var flops: Int { shape.flops }
    var partFloats: Int { sums.floats }
    var overwrites: Bool { true }
    var scratch: Int { winograd.kernelGradientFloats }
    var pieces: Int { min(shape.channels, piecesOfRange(partFloats)) }

    func add(_ run: borrowing Run) {
        addWinogradKernelGradient(
            winograd, images: run.images, x: run.input(0), dy: run.input(1), isFirst: run.isFirst, sums: run.output,
            scratch: run.scratch)
    }

    func combine(_ run: borrowing Run) {
        sums.kernelGradient(
            channels: run.share(of: shape.channels), parts: UnsafePointer(run.parts), partCount: run.partCount,
            partStride: run.partStride, to: run.output)
    }
}
