import Autograd
import Kernels
import Schema
import Tensors

/// ReLU with a small slope for negative inputs, so that no unit dies.
package struct LeakyReLU: UnaryLayer {
    var negativeSlope = 0.3

    /// Keras's default, which is not that of the activation of the same name.
    package init() {}

    package static let name = "LeakyReLU"
    package static let summary = "ReLU with a small slope for negative inputs."
    package static var fields: [Field<LeakyReLU>] {
        [.optional("negative_slope", \.negativeSlope, in: 0..., "the slope below zero")]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(Activation(LeakyReLUFunction(slope: Float(negativeSlope)), x), to: x)
    }
}
