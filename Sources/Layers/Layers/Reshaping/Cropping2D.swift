import Autograd
import Schema
import Tensors

package struct Cropping2D: UnaryLayer {
    var cropping = Margins(0)

    /// Keras's default, which cuts nothing.
    package init() {}

    package static let name = "Cropping2D"
    package static let summary = "Cuts margins off images."
    package static var fields: [Field<Cropping2D>] {
        [
            .optional(
                "cropping", \.cropping,
                "pixels on every side; [1, 2] for height and width; [[1, 2], [3, 4]] for top, bottom, left, right")
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        return try recorder.graph.apply(CropImages(x, margins: cropping), to: x)
    }
}
