import Autograd
import Schema
import Tensors

/// Multiplies by normal numbers around one while training.
package struct GaussianDropout: UnaryLayer {
    var rate = 0.0

    /// The rate must be given.
    package init() {}

    package static let name = "GaussianDropout"
    package static let summary = "Multiplies by Gaussian noise with mean 1 while training."
    package static var fields: [Field<GaussianDropout>] {
        [.required("rate", \.rate, in: 0..<1, "the rate of a dropout whose factors vary as much")]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard recorder.isTraining, rate > 0 else { return x }
        let deviation = Float((rate / (1 - rate)).squareRoot())
        let salt = recorder.salt
        return try recorder.graph.apply(MultiplyByNoise(x, deviation: deviation, salt: salt), to: x)
    }
}
