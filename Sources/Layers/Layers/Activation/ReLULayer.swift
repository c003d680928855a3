import Autograd
import Kernels
import Schema
import Tensors

/// ReLU with whatever Keras lets it have besides.
package struct ReLULayer: UnaryLayer {
    var maxValue: Double?
    var negativeSlope = 0.0
    var threshold = 0.0

    /// Keras's defaults: the plain ReLU.
    package init() {}

    package static let name = "ReLU"
    package static let summary = "The larger of x and zero, perhaps with a maximum, a slope below and a threshold."
    package static var fields: [Field<ReLULayer>] {
        [
            .optional("max_value", \.maxValue, in: 0..., "the largest result; null for none"),
            .optional("negative_slope", \.negativeSlope, in: 0..., "the slope below the threshold"),
            .optional("threshold", \.threshold, in: 0..., "the value above which x passes"),
        ]
    }

    private var function: any Pointwise {
        guard maxValue == nil, threshold == 0 else {
            return BoundedReLU(
                maximum: maxValue.map { Float($0) } ?? .infinity, slope: Float(negativeSlope),
                threshold: Float(threshold))
        }
        return negativeSlope == 0 ? ReLU() : LeakyReLUFunction(slope: Float(negativeSlope))
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(Activation(function, x), to: x)
    }
}
