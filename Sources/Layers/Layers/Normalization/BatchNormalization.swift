import Autograd
import Schema
import Tensors

/// Centres and scales every channel by its statistics: of the batch while training, of a moving average afterwards, or always if
/// it does not learn.
package struct BatchNormalization: UnaryLayer {
    var momentum = 0.99
    var epsilon = 0.001
    var center = true
    var scale = true
    var betaInitializer: any InitializerSetting = Zeros()
    var gammaInitializer: any InitializerSetting = Ones()
    var movingMeanInitializer: any InitializerSetting = Zeros()
    var movingVarianceInitializer: any InitializerSetting = Ones()

    package init() {}

    package static let name = "BatchNormalization"
    package static let summary =
        "Centres and scales every channel by the batch's statistics; after training, or frozen, by moving averages."
    package static var fields: [Field<BatchNormalization>] {
        [
            .optional(
                "momentum", \.momentum, in: 0...1, "how much of the moving statistics is kept after a batch"),
            .optional("epsilon", \.epsilon, in: 1e-37..., "added to the variance against division by zero"),
            .optional("center", \.center, "whether a learned offset is added"),
            .optional("scale", \.scale, "whether a learned factor is applied"),
            .optional("beta_initializer", \.betaInitializer, as: .initializer, "how the offsets begin"),
            .optional("gamma_initializer", \.gammaInitializer, as: .initializer, "how the factors begin"),
            .optional(
                "moving_mean_initializer", \.movingMeanInitializer, as: .initializer, "how the moving means begin"),
            .optional(
                "moving_variance_initializer", \.movingVarianceInitializer, as: .initializer,
                "how the moving variances begin"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let channels = x.shape.channels
        let shape = Shape(channels)
        let gamma = scale ? try recorder.parameter("gamma", shape, gammaInitializer.initializer) : nil
        let beta = center ? try recorder.parameter("beta", shape, betaInitializer.initializer) : nil
        let movingMean = try recorder.parameter(
            "moving_mean", shape, movingMeanInitializer.initializer, isTrainable: false)
        let movingVariance = try recorder.parameter(
            "moving_variance", shape, movingVarianceInitializer.initializer, isTrainable: false)

        let usesBatchStatistics = recorder.isTraining && !recorder.isFrozen
        let moments: Value
        if usesBatchStatistics {
            moments = try recorder.graph.apply(Moments(x), to: x)
            for (row, moving) in [movingMean, movingVariance].enumerated() {
                let average = MovingAverage(channels: channels, momentum: Float(momentum), row: row)
                recorder.update(moving, with: try recorder.graph.apply(average, to: moving, moments))
            }
        } else {
            moments = try recorder.graph.apply(MovingMoments(channels: channels), to: movingMean, movingVariance)
        }
        let normalization = Normalization(
            x, epsilon: Float(epsilon), hasGamma: scale, hasBeta: center, usesBatchStatistics: usesBatchStatistics)
        return try recorder.graph.apply(
            Normalize(normalization), to: [x, moments] + [gamma, beta].compactMap(\.self))
    }
}
