import Kernels
import Tensors

/// What normalizing means for one layer.
package struct Normalization: Sendable {
    /// Added to variances.
    package let epsilon: Float
    package let hasGamma: Bool
    package let hasBeta: Bool
    /// Whether the statistics are those of this batch, so that gradients flow through them too.
    let usesBatchStatistics: Bool
    let rows, channels: Int
    let type: ValueType

    /// Over every axis but the last of x.
    package init(_ x: Value, epsilon: Float, hasGamma: Bool, hasBeta: Bool, usesBatchStatistics: Bool) {
        self.epsilon = epsilon
        self.hasGamma = hasGamma
        self.hasBeta = hasBeta
        self.usesBatchStatistics = usesBatchStatistics
        channels = x.shape.channels
        rows = x.shape.count / channels
        type = x.type
    }

    /// The coefficients that are the same for all images.
    var preparation: Preparation { Preparation(floats: 3 * channels, pieces: 1) }

    /// From an operation's inputs: x, moments, then γ and β where the layer has them.
    func prepare(_ run: borrowing Run) { prepare(run, from: 1, to: run.prepared) }

    /// From an operation's inputs, of which moments, γ and β begin at `first`.
    func prepare(_ run: borrowing Run, from first: Int, to coefficients: UnsafeMutablePointer<Float>) {
        normalizationCoefficients(
            channels: channels, epsilon: epsilon, moments: run.input(first),
            gamma: hasGamma ? run.input(first + 1) : nil,
            beta: hasBeta ? run.input(first + (hasGamma ? 2 : 1)) : nil, to: coefficients)
    }

    /// The factors alone, from an operation's inputs: x, moments, perhaps γ.
    func prepareSlope(_ run: borrowing Run) {
        normalizationCoefficients(
            channels: channels, epsilon: epsilon, moments: run.input(1), gamma: hasGamma ? run.input(2) : nil,
            beta: nil,
            to: run.prepared)
        run.prepared.update(repeating: 0, count: channels)
    }

    /// The gradients of those inputs, by operations that read x, `upstream`, the moments, and for the images the sums and γ.
    func gradients(
        _ request: GradientRequest, upstream: [Value], sums: any SumOperation, image: any ImageOperation,
        in graph: inout Graph
    ) throws(ShapeError) -> [Value?] {
        let (x, moments) = (request.inputs[0], request.inputs[1])
        let gamma = hasGamma ? [request.inputs[2]] : []
        var gradients = [Value?](repeating: nil, count: request.inputs.count)
        // Sums over the batch are for what is learned, and for statistics that depend on the images.
        let learns = request.wanted.dropFirst(2).contains(true)
        let sums = learns || usesBatchStatistics ? [try graph.apply(sums, to: [x] + upstream + [moments])] : []
        if request.wanted[0] {
            let statistics = usesBatchStatistics ? sums : []
            gradients[0] = try graph.apply(image, to: [x] + upstream + [moments] + statistics + gamma)
        }
        if hasGamma, request.wanted[2] {
            let gradient = NormalizationScaleGradient(normalization: self)
            gradients[2] = try graph.apply(gradient, to: sums + [moments])
        }
        if hasBeta, request.wanted[request.inputs.count - 1] {
            gradients[request.inputs.count - 1] = try graph.apply(NormalizationShiftGradient(channels), to: sums)
        }
        return gradients
    }

    /// What an input gradient needs of every channel.
    var gradientPreparation: Preparation { Preparation(floats: 4 * channels, pieces: 1) }

    /// From the inputs of an operation, of which moments, sums where statistics are the batch's, and perhaps γ begin at `first`.
    func prepareGradient(_ run: borrowing Run, from first: Int) {
        let gamma = first + (usesBatchStatistics ? 2 : 1)
        normalizationGradientCoefficients(
            channels: channels, epsilon: epsilon, count: Float(run.batch * rows), moments: run.input(first),
            gamma: hasGamma ? run.input(gamma) : nil, sums: usesBatchStatistics ? run.input(first + 1) : nil,
            to: run.prepared)
    }
}

/// (x − mean) / √(variance + ε) · γ + β for every channel. Inputs: x, moments, then γ and β where the layer has them.
package struct Normalize: ImageOperation {
    package let normalization: Normalization

    /// With the moments of this batch or moving ones, as the normalization says.
    package init(_ normalization: Normalization) { self.normalization = normalization }

    package var resultType: ValueType { normalization.type }
    package var flops: Int { 2 * resultType.shape.count }
    package var overwritable: [Int] { [0] }
    package var preparation: Preparation? { normalization.preparation }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        try normalization.gradients(
            request, upstream: [request.upstream], sums: NormalizationSums(normalization: normalization),
            image: NormalizationInputGradient(normalization: normalization), in: &graph)
    }

    package func prepare(_ run: borrowing Run) { normalization.prepare(run) }

    package func run(_ run: borrowing Run) {
        normalize(
            rows: run.images * normalization.rows, channels: normalization.channels, x: run.input(0),
            coefficients: run.prepared, y: run.output)
    }
}

/// [Σ dy][Σ dy · (x − mean)] for every channel: all that the other gradients need of the batch. Inputs: x, dy, moments.
struct NormalizationSums: SumOperation {
    let normalization: Normalization

    var resultType: ValueType { .whole(Shape(2, normalization.channels)) }
    var flops: Int { 4 * normalization.type.shape.count }

    func add(_ run: borrowing Run) {
        addNormalizationSums(
            rows: run.images * normalization.rows, channels: normalization.channels, x: run.input(0), dy: run.input(1),
            moments: run.input(2), sums: run.output)
    }
}

/// The gradient of x. Inputs: x, dy, moments, sums, perhaps γ.
///
/// Where the statistics are the batch's own, they depend on every x, and so does every result:
///
///     dx = γ / √(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)),   x̂ = (x − mean) / √(variance + ε)
///
/// The first mean is what comes back through the mean, the second what comes back through the variance. Written in x instead
/// of x̂, that is dx = a · dy + b · (x − mean) + c, whose three coefficients per channel are prepared once. With fixed statistics
/// only a is left.
struct NormalizationInputGradient: GateableGradient {
    let normalization: Normalization
    private(set) var isRectified = false

    var title: String { "normalization input gradient\(isRectified ? " + ReLU gradient" : "")" }

    init(normalization: Normalization) { self.normalization = normalization }

    var gated: any ImageOperation {
        var copy = self
        copy.isRectified = true
        return copy
    }
    var resultType: ValueType { normalization.type }
    var flops: Int { 5 * resultType.shape.count }
    var overwritable: [Int] { [1, 0] }
    var preparation: Preparation? { normalization.gradientPreparation }

    func prepare(_ run: borrowing Run) { normalization.prepareGradient(run, from: 2) }

    func run(_ run: borrowing Run) {
        normalizeGradient(
            rows: run.images * normalization.rows, channels: normalization.channels, x: run.input(0), dy: run.input(1),
            coefficients: run.prepared, isRectified: isRectified, dx: run.output)
    }
}

/// The gradient of γ. Inputs: sums, moments.
struct NormalizationScaleGradient: WholeOperation {
    let normalization: Normalization

    var resultType: ValueType { .whole(Shape(normalization.channels)) }

    func run(_ run: borrowing Run) {
        normalizationScaleGradient(
            channels: normalization.channels, epsilon: normalization.epsilon, moments: run.input(1), sums: run.input(0),
            to: run.output)
    }
}

/// The gradient of β: the first row of the sums. Input: sums.
struct NormalizationShiftGradient: WholeOperation {
    let channels: Int

    init(_ channels: Int) { self.channels = channels }

    var resultType: ValueType { .whole(Shape(channels)) }

    func run(_ run: borrowing Run) { run.output.update(from: run.input(0), count: channels) }
}
