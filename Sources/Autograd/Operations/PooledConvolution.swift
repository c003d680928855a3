import Kernels
import Tensors

/// What the images of a convolution before a max pool contributed. Inputs: the gradient of the maxima, winners, the kernel.
struct PooledInputGradient: ImageOperation {
    let shape: PooledConvolutionShape

    var resultType: ValueType {
        .image(Shape(shape.convolution.vertical.size, shape.convolution.horizontal.size, shape.convolution.channels))
    }
    var flops: Int { shape.convolution.flops }
    var space: Int { shape.inputGradientFloats }
    var preparation: Preparation? {
        Preparation(floats: shape.packedFloats, pieces: min(8, shape.convolution.filters))
    }

    func prepare(_ run: borrowing Run) {
        packPooledKernel(
            shape, filters: run.share(of: shape.convolution.filters), kernel: run.input(2), to: run.prepared)
    }

    func run(_ run: borrowing Run) {
        pooledInputGradient(
            shape, images: run.images, dy: run.input(0), winners: run.input(1), packedKernel: run.prepared,
            dx: run.output, space: run.space)
    }
}

/// What the kernel of a convolution before a max pool contributed. Inputs: its images, the gradient of the maxima, winners.
struct PooledKernelGradient: SumOperation {
    let shape: PooledConvolutionShape

    var resultType: ValueType { .whole(shape.convolution.kernelShape) }
    var flops: Int { shape.convolution.flops }
    var partFloats: Int { shape.kernelPartFloats }
    var space: Int { shape.kernelGradientFloats }
    var pieces: Int { min(shape.convolution.filters, piecesOfRange(partFloats)) }

    func add(_ run: borrowing Run) {
        addPooledKernelGradient(
            shape, images: run.images, x: run.input(0), dy: run.input(1), winners: run.input(2), part: run.output,
            space: run.space)
    }

    func combine(_ run: borrowing Run) {
        combinePooledKernelGradient(
            shape, parts: run.partCount, stride: run.partStride, filters: run.share(of: shape.convolution.filters),
            from: run.parts, to: run.output)
    }
}

/// The same for a convolution of few channels. Inputs: its images, the gradient of the maxima, winners.
struct MaskedKernelGradient: SumOperation {
    let shape: MaskedConvolutionShape

    var resultType: ValueType { .whole(shape.convolution.kernelShape) }
    var flops: Int { shape.convolution.flops }
    var partFloats: Int { shape.partFloats }
    var space: Int { shape.spaceFloats }

    func add(_ run: borrowing Run) {
        addMaskedKernelGradient(
            shape, images: run.images, x: run.input(0), dy: run.input(1), winners: run.input(2), part: run.output,
            space: run.space)
    }

    func combine(_ run: borrowing Run) {
        combineMaskedKernelGradient(
            shape, parts: run.partCount, stride: run.partStride, rows: run.share(of: shape.convolution.depth),
            from: run.parts,
            to: run.output)
    }
}
