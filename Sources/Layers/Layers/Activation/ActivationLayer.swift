import Autograd
import Schema
import Tensors

/// An activation as a layer of its own.
package struct ActivationLayer: UnaryLayer {
    var activation = ActivationName.linear

    /// The activation must be given.
    package init() {}

    package static let name = "Activation"
    package static let summary = "Applies an activation to every element."
    package static var fields: [Field<ActivationLayer>] {
        [.required("activation", \.activation, "which")]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.activate(x, activation)
    }
}
