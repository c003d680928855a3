import Autograd
import Schema
import Tensors

/// Centres and scales the channels of every pixel, or the features of every image, by their own statistics.
package struct LayerNormalization: UnaryLayer {
    var axis = -1
    var epsilon = 0.001
    var center = true
    var scale = true
    var betaInitializer: any InitializerSetting = Zeros()
    var gammaInitializer: any InitializerSetting = Ones()

    package init() {}

    package static let name = "LayerNormalization"
    package static let summary = "Centres and scales along the last axis by the statistics of the same numbers."
    package static var fields: [Field<LayerNormalization>] {
        [
            .optional("axis", \.axis, "the axis, which must be the last"),
            .optional("epsilon", \.epsilon, in: 1e-37..., "added to the variance against division by zero"),
            .optional("center", \.center, "whether a learned offset is added"),
            .optional("scale", \.scale, "whether a learned factor is applied"),
            .optional("beta_initializer", \.betaInitializer, as: .initializer, "how the offsets begin"),
            .optional("gamma_initializer", \.gammaInitializer, as: .initializer, "how the factors begin"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireLast(axis, of: x)
        let shape = Shape(x.shape.channels)
        let gamma = scale ? try recorder.parameter("gamma", shape, gammaInitializer.initializer) : nil
        let beta = center ? try recorder.parameter("beta", shape, betaInitializer.initializer) : nil
        return try recorder.graph.apply(
            NormalizeRows(x, epsilon: Float(epsilon), gamma: gamma, beta: beta),
            to: [x] + [gamma, beta].compactMap(\.self))
    }
}
