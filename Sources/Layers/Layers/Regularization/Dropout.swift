import Autograd
import Schema
import Tensors

/// Sets a random part of its inputs to zero while training, and scales up the others.
package struct Dropout: UnaryLayer {
    var rate = 0.5

    /// The rate must be given.
    package init() {}

    package static let name = "Dropout"
    package static let summary = "Sets a random part of its inputs to zero while training."
    package static var fields: [Field<Dropout>] {
        [.required("rate", \.rate, in: 0..<1, "the fraction of inputs set to zero")]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard recorder.isTraining, rate > 0 else { return x }
        let salt = recorder.salt
        return try recorder.graph.apply(DropElements(x, rate: Float(rate), salt: salt), to: x)
    }
}
