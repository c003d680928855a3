import Autograd
import Schema
import Tensors

/// Keras's Normalization once it has seen data: mean, variance and the count of images are part of the weights.
struct AdaptedNormalization: UnaryLayer {
    /// What holds as long as no file says otherwise.
    private let mean, variance: [Double]

    init() { self.init(mean: [0], variance: [1]) }

    /// One of each for every channel.
    init(mean: [Double], variance: [Double]) {
        self.mean = mean
        self.variance = variance
    }

    /// Where Keras divides by no deviation smaller than 1e-7, this is added to the variance.
    private static let epsilon: Float = 1e-14

    static let name = "Normalization"
    static let summary = "Takes a mean from every channel and divides by the root of a variance, both from the weights."
    static var fields: [Field<AdaptedNormalization>] { [] }

    func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let channels = x.shape.channels
        let mean = try recorder.parameter(
            "mean", Shape(channels), .values(mean.map { Float($0) }), isTrainable: false)
        let variance = try recorder.parameter(
            "variance", Shape(channels), .values(variance.map { Float($0) }), isTrainable: false)
        _ = try recorder.parameter("count", Shape(), .constant(0), isTrainable: false)
        let moments = try recorder.graph.apply(MovingMoments(channels: channels), to: mean, variance)
        let normalization = Normalization(
            x, epsilon: Self.epsilon, hasGamma: false, hasBeta: false, usesBatchStatistics: false)
        return try recorder.graph.apply(Normalize(normalization), to: x, moments)
    }
}
