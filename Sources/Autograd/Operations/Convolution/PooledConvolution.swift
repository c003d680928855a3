import Kernels
import Tensors

/// A convolution and the max pool behind it in one. Inputs: those of the convolution. It notes where the maxima stood, as the
/// pool does.
struct PooledConvolution: ImageOperation {
    let convolution: Convolution
    let pool: MaxPooling
    private let shape: ConvolutionMaximaShape

    /// Nil where they are better apart.
    init?(_ convolution: Convolution, _ pool: MaxPooling) {
        guard let shape = ConvolutionMaximaShape(convolution.shape, pool.shape) else { return nil }
        self.convolution = convolution
        self.pool = pool
        self.shape = shape
    }

    var title: String { pool.rectifies ? "convolution + ReLU + max pool" : "convolution + max pool" }
    var variant: String? { shape.variant.label }
    var resultType: ValueType { pool.resultType }
    var byproduct: ValueType? { pool.byproduct }
    /// The convolution's own are counted where it was recorded.
    var flops: Int { pool.flops }
    var space: Int { shape.frameFloats }
    var scratch: Int { shape.scratchFloats }
    var preparation: Preparation? { convolution.preparation }

    func prepare(_ run: borrowing Run) { convolution.prepare(run) }

    func run(_ run: borrowing Run) {
        convolutionMaxima(
            shape, images: run.images, x: run.input(0), packedKernel: run.prepared, rectifies: pool.rectifies,
            y: run.output, winners: run.byproduct, frames: run.space, scratch: run.scratch)
    }

    func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (maxima, winners) = try pool.maximaGradient(request, in: &graph)
        let (x, kernel) = (request.inputs[0], request.inputs[1])
        let image = try graph.apply(MaxPoolingGradient(shape: pool.shape), to: maxima, winners)
        var gradients: [Value?] = [nil, nil, nil]
        if request.wanted[0] {
            gradients[0] =
                switch shape.inputGradient {
                case .lists(let lists):
                    try graph.apply(PooledInputGradient(shape: lists), to: maxima, winners, kernel)
                case .image: try graph.apply(convolution.shape.inputGradient, to: image, kernel)
                }
        }
        if request.wanted[1] {
            gradients[1] =
                switch shape.kernelGradient {
                case .lists(let lists): try graph.apply(PooledKernelGradient(shape: lists), to: x, maxima, winners)
                case .narrow(let narrow): try graph.apply(NarrowKernelGradient(shape: narrow), to: x, maxima, winners)
                case .image: try convolution.shape.kernelGradient(x, image, in: &graph)
                }
        }
        if convolution.hasBias, request.wanted[2] {
            gradients[2] = try graph.apply(BiasGradient(maxima), to: maxima)
        }
        return gradients
    }
}

/// The gradient with respect to the images of a convolution before a max pool. Inputs: the gradient of the maxima, winners, the kernel.
struct PooledInputGradient: ImageOperation {
    let shape: PooledConvolutionShape

    var title: String { "convolution input gradient" }
    var variant: String? { PooledInputGradientVariant.lists(shape).label }
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

/// The gradient with respect to the kernel of a convolution before a max pool. Inputs: its images, the gradient of the maxima, winners.
struct PooledKernelGradient: KernelGradient {
    let shape: PooledConvolutionShape

    var title: String { "convolution kernel gradient" }
    var variant: String? { PooledKernelGradientVariant.lists(shape).label }
    var resultType: ValueType { .whole(shape.convolution.kernelShape) }
    var flops: Int { shape.convolution.flops }
    var partFloats: Int { shape.kernelPartFloats }
    var space: Int { shape.kernelGradientFloats }
    var scratch: Int { shape.stripFloats }
    var pieces: Int { min(shape.convolution.filters, piecesOfRange(partFloats)) }

    func add(_ run: borrowing Run) {
        addPooledKernelGradient(
            shape, images: run.images, x: run.input(0), dy: run.input(1), winners: run.input(2), part: run.output,
            space: run.space, scratch: run.scratch)
    }

    func combine(_ run: borrowing Run) {
        combinePooledKernelGradient(
            shape, parts: run.partCount, stride: run.partStride, filters: run.share(of: shape.convolution.filters),
            from: run.parts, to: run.output)
    }
}

/// The same for a convolution of few channels. Inputs: its images, the gradient of the maxima, winners.
struct NarrowKernelGradient: KernelGradient {
    let shape: NarrowConvolutionShape

    var title: String { "convolution kernel gradient" }
    var variant: String? { PooledKernelGradientVariant.narrow(shape).label }
    var resultType: ValueType { .whole(shape.convolution.kernelShape) }
    var flops: Int { shape.convolution.flops }
    var partFloats: Int { shape.partFloats }
    var space: Int { shape.spaceFloats }
    var scratch: Int { shape.scratchFloats }

    func add(_ run: borrowing Run) {
        addNarrowKernelGradient(
            shape, images: run.images, x: run.input(0), dy: run.input(1), winners: run.input(2), part: run.output,
            frames: run.space, scratch: run.scratch)
    }

    func combine(_ run: borrowing Run) {
        combineNarrowKernelGradient(
            shape, parts: run.partCount, stride: run.partStride, rows: run.share(of: shape.convolution.depth),
            from: run.parts,
            to: run.output)
    }
}
