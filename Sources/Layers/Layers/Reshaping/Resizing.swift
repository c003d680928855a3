import Autograd
import Schema
import Tensors

/// Gives images another size.
package struct Resizing: UnaryLayer {
    var height = 1
    var width = 1
    var interpolation = Interpolation.bilinear

    /// Height and width must be given.
    package init() {}

    package static let name = "Resizing"
    package static let summary = "Gives images another size; what becomes smaller is sampled, not averaged."
    package static var fields: [Field<Resizing>] {
        [
            .required("height", \.height, in: 1...65_536, "the new height"),
            .required("width", \.width, in: 1...65_536, "the new width"),
            .optional("interpolation", \.interpolation, "what new pixels are made of"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        return try recorder.graph.apply(
            Resampling(x, height: height, width: width, isBilinear: interpolation == .bilinear), to: x)
    }
}
