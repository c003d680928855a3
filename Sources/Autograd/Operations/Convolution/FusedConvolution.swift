import Kernels
import Tensors

/// A convolution of some kind that can do to its sums, before they are stored, what a normalization with fixed statistics and a
/// ReLU would do to them later.
protocol FusibleConvolution: ImageOperation {
    /// Whether it reads a bias behind images and kernel.
    var hasBias: Bool { get }
    /// Computes the results of `run.images` images.
    func run(_ run: borrowing Run, epilogue: Epilogue)
}

extension FusibleConvolution {
    /// How many inputs are its own.
    var inputCount: Int { hasBias ? 3 : 2 }
}

/// What follows a convolution and can become part of it.
struct ConvolutionEpilogue {
    /// With fixed statistics.
    var normalization: Normalization?
    /// A ReLU, perhaps with a maximum.
    var activation: (any Pointwise)?

    /// Nil where an activation is more than a ReLU.
    fileprivate var bounds: ReLUBounds? { activation.map { ReLUBounds($0) } ?? ReLUBounds.none }
}

/// A convolution with a normalization, an activation, or both behind it. Inputs: those of the convolution, then moments, γ and β
/// where there is a normalization that has them.
struct FusedConvolution: ImageOperation {
    let convolution: any FusibleConvolution
    let epilogue: ConvolutionEpilogue
    private let bounds: ReLUBounds

    /// Nil where the activation cannot be part of a convolution.
    init?(_ convolution: any FusibleConvolution, _ epilogue: ConvolutionEpilogue) {
        guard let bounds = epilogue.bounds else { return nil }
        self.convolution = convolution
        self.epilogue = epilogue
        self.bounds = bounds
    }

    var title: String {
        let normalization = epilogue.normalization == nil ? "" : " + normalization"
        let activation = epilogue.activation.map { " + \(words(of: "\(type(of: $0))"))" } ?? ""
        return convolution.title + normalization + activation
    }
    var variant: String? { convolution.variant }
    var resultType: ValueType { convolution.resultType }
    /// Those of its last step; the others' are counted where they were recorded.
    var flops: Int { (epilogue.activation == nil ? 2 : 1) * resultType.shape.count }
    var space: Int { convolution.space }
    var scratch: Int { convolution.scratch }

    /// The convolution's own, and behind it coefficients for each channel.
    var preparation: Preparation? {
        let own = convolution.preparation
        let coefficients = epilogue.normalization?.preparation
        if own == nil && coefficients == nil { return nil }
        return Preparation(
            floats: (own?.floats ?? 0) + (coefficients?.floats ?? 0),
            pieces: (own?.pieces ?? 0) + (coefficients?.pieces ?? 0))
    }

    func prepare(_ run: borrowing Run) {
        let own = convolution.preparation
        if run.piece < own?.pieces ?? 0 { return convolution.prepare(run) }
        epilogue.normalization?.prepare(run, from: convolution.inputCount, to: run.prepared + (own?.floats ?? 0))
    }

    func run(_ run: borrowing Run) {
        let coefficients = epilogue.normalization.map { _ in
            UnsafePointer(run.prepared + (convolution.preparation?.floats ?? 0))
        }
        convolution.run(run, epilogue: Epilogue(coefficients: coefficients, bounds: bounds))
    }

    func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let own = Array(request.inputs.prefix(convolution.inputCount))
        let rest = Array(request.inputs.dropFirst(own.count))
        var dy = request.upstream
        if let activation = epilogue.activation {
            let gradient = ActivationGradient(function: activation, resultType: resultType)
            dy = try graph.apply(gradient, to: dy, request.output)
        }
        var gradients: [Value?] = []
        if let normalization = epilogue.normalization {
            let wanted = Array(request.wanted.dropFirst(own.count))
            // What is learned of a normalization depends on the sums before it, which nobody has kept.
            if wanted.contains(true) {
                let sums = try graph.apply(convolution, to: own)
                let inner = GradientRequest(
                    inputs: [sums] + rest, output: request.output, upstream: dy, wanted: [false] + wanted)
                gradients = Array(
                    try Normalize(normalization).gradients(inner, in: &graph).dropFirst())
            }
            let slope = NormalizationSlope(normalization: normalization)
            dy = try graph.apply(slope, to: [dy] + rest.prefix(normalization.hasGamma ? 2 : 1))
        }
        if gradients.isEmpty { gradients = rest.map { _ in nil } }
        let inner = GradientRequest(
            inputs: own, output: request.output, upstream: dy, wanted: Array(request.wanted.prefix(own.count)))
        return Array(try convolution.gradients(inner, in: &graph).prefix(own.count)) + gradients
    }
}
