import Autograd
import Schema
import Tensors

/// Centres and scales every channel by a mean and a variance that are given.
package struct NormalizationLayer: UnaryLayer {
    var axis = -1
    var mean = Numbers(0)
    var variance = Numbers(1)
    var invert = false

    /// Mean and variance must be given.
    package init() {}

    /// The smallest standard deviation that is divided by: Keras's epsilon.
    private static let epsilon: Float = 1e-7

    package static let name = "Normalization"
    package static let summary = "Takes a mean from every channel and divides by the root of a variance, both given."
    package static var fields: [Field<NormalizationLayer>] {
        [
            .optional("axis", \.axis, "the axis of the channels, which must be the last"),
            .required("mean", \.mean, "the mean, or one for each channel"),
            .required("variance", \.variance, in: 0..., "the variance, or one for each channel"),
            .optional("invert", \.invert, "whether mean and variance are given back instead of taken away"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        guard mean.isList != variance.isList || mean.values.count != variance.values.count else { return }
        problems.append(place.problem(at: "variance", "must have as many numbers as the mean"))
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireLast(axis, of: x)
        let channels = x.shape.channels
        guard let means = mean.floats(count: channels), let variances = variance.floats(count: channels),
            !mean.isList || mean.values.count == channels
        else {
            throw ShapeError("mean and variance must be one number, or one for each channel", x.shape)
        }
        let deviations = variances.map { max($0.squareRoot(), Self.epsilon) }
        let zeros = [Float](repeating: 0, count: channels)
        let normalization =
            invert
            ? try NormalizeByConstants(x, before: zeros, factor: deviations, after: means)
            : try NormalizeByConstants(x, before: means, factor: deviations.map { 1 / $0 }, after: zeros)
        return try recorder.graph.apply(normalization, to: x)
    }
}
