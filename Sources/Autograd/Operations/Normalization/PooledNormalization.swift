import Kernels
import Tensors

/// A batch normalization and the max pool behind it in one. Inputs: those of the normalization. It notes where the maxima
/// stood, as the pool does.
struct PooledNormalization: ImageOperation {
    let normalization: Normalization
    let pool: MaxPooling

    /// Nil where windows overlap, so that a gradient of the pool would be a sum.
    init?(_ normalization: Normalization, _ pool: MaxPooling) {
        guard pool.shape.vertical.areDisjoint, pool.shape.horizontal.areDisjoint else { return nil }
        self.normalization = normalization
        self.pool = pool
    }

    var title: String { pool.rectifies ? "normalization + ReLU + max pool" : "normalization + max pool" }
    var resultType: ValueType { pool.resultType }
    var byproduct: ValueType? { pool.byproduct }
    /// The normalization's own are counted where it was recorded.
    var flops: Int { pool.flops }
    var preparation: Preparation? { normalization.preparation }

    func prepare(_ run: borrowing Run) { normalization.prepare(run) }

    func run(_ run: borrowing Run) {
        maxPoolNormalized(
            pool.shape, images: run.images, x: run.input(0), coefficients: run.prepared, rectifies: pool.rectifies,
            y: run.output, winners: run.byproduct)
    }

    func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (maxima, winners) = try pool.maximaGradient(request, in: &graph)
        return try normalization.gradients(
            request, upstream: [maxima, winners],
            sums: PooledNormalizationSums(normalization: normalization, shape: pool.shape),
            image: PooledNormalizationInputGradient(normalization: normalization, shape: pool.shape), in: &graph)
    }
}

/// [Σ dy][Σ dy · (x − mean)] for every channel. Inputs: x, the gradient of the maxima, winners, moments.
struct PooledNormalizationSums: SumOperation {
    let normalization: Normalization
    let shape: PoolingShape

    var title: String { "normalization sums" }
    var variant: String? { "from winners" }
    var resultType: ValueType { .whole(Shape(2, normalization.channels)) }
    var flops: Int { 4 * shape.outputCount }
    var scratch: Int { pooledNormalizationScratch(shape) }

    func add(_ run: borrowing Run) {
        addPooledNormalizationSums(
            shape, images: run.images, x: run.input(0), dy: run.input(1), winners: run.input(2), moments: run.input(3),
            sums: run.output, scratch: run.scratch)
    }
}

/// The gradient of x. Inputs: x, the gradient of the maxima, winners, moments, sums, perhaps γ.
struct PooledNormalizationInputGradient: GateableGradient {
    let normalization: Normalization
    let shape: PoolingShape
    private(set) var isRectified = false

    var title: String { "normalization input gradient\(isRectified ? " + ReLU gradient" : "")" }
    var variant: String? { "from winners" }

    init(normalization: Normalization, shape: PoolingShape) {
        self.normalization = normalization
        self.shape = shape
    }

    var gated: any ImageOperation {
        var copy = self
        copy.isRectified = true
        return copy
    }
    var resultType: ValueType { normalization.type }
    var flops: Int { 5 * resultType.shape.count }
    var preparation: Preparation? { normalization.gradientPreparation }

    func prepare(_ run: borrowing Run) { normalization.prepareGradient(run, from: 3) }

    func run(_ run: borrowing Run) {
        pooledNormalizeGradient(
            shape, images: run.images, x: run.input(0), dy: run.input(1), winners: run.input(2),
            coefficients: run.prepared, isRectified: isRectified, dx: run.output)
    }
}
