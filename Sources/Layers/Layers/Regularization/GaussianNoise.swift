import Autograd
import Schema
import Tensors

/// Adds normal numbers while training.
package struct GaussianNoise: UnaryLayer {
    var deviation = 0.0

    /// The deviation must be given.
    package init() {}

    package static let name = "GaussianNoise"
    package static let summary = "Adds normal random numbers while training."
    package static var fields: [Field<GaussianNoise>] {
        [.required("stddev", \.deviation, in: 0...1, "their standard deviation")]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard recorder.isTraining, deviation > 0 else { return x }
        let salt = recorder.salt
        return try recorder.graph.apply(AddNoise(x, deviation: Float(deviation), salt: salt), to: x)
    }
}
