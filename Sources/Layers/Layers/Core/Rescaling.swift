import Autograd
import Schema
import Tensors

/// x · scale + offset, to bring pixels to a range.
package struct Rescaling: UnaryLayer {
    var scale = 1.0
    var offset = 0.0

    /// The scale must be given.
    package init() {}

    package static let name = "Rescaling"
    package static let summary = "Multiplies by a factor and adds an offset."
    package static var fields: [Field<Rescaling>] {
        [
            .required("scale", \.scale, "the factor"),
            .optional("offset", \.offset, "what is added"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(Rescale(x, scale: Float(scale), offset: Float(offset)), to: x)
    }
}
