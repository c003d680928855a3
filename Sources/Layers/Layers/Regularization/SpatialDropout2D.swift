import Autograd
import Schema
import Tensors

/// Sets random channels of images to zero while training, and scales up the others.
package struct SpatialDropout2D: UnaryLayer {
    var rate = 0.5

    /// The rate must be given.
    package init() {}

    package static let name = "SpatialDropout2D"
    package static let summary = "Sets random channels of images to zero while training."
    package static var fields: [Field<SpatialDropout2D>] {
        [.required("rate", \.rate, in: 0..<1, "the fraction of channels set to zero")]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        guard recorder.isTraining, rate > 0 else { return x }
        let salt = recorder.salt
        return try recorder.graph.apply(DropChannels(x, rate: Float(rate), salt: salt), to: x)
    }
}
