import Autograd
import Schema
import Tensors

/// Makes scores probabilities.
package struct SoftmaxLayer: UnaryLayer {
    var axis = -1

    /// Keras's default, the last axis.
    package init() {}

    package static let name = "Softmax"
    package static let summary = "Makes scores probabilities, whose sum along the last axis is one."
    package static var fields: [Field<SoftmaxLayer>] { [.optional("axis", \.axis, "the axis, which must be the last")] }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireLast(axis, of: x)
        return try recorder.activate(x, .softmax)
    }
}
