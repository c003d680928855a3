import Autograd
import Schema
import Tensors

package struct ZeroPadding2D: UnaryLayer {
    var padding = Margins(1)

    /// Keras's default, one pixel on all sides.
    package init() {}

    package static let name = "ZeroPadding2D"
    package static let summary = "Surrounds images with zeros."
    package static var fields: [Field<ZeroPadding2D>] {
        [
            .optional(
                "padding", \.padding,
                "zeros on every side; [1, 2] for height and width; [[1, 2], [3, 4]] for top, bottom, left, right")
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        return try recorder.graph.apply(PadImages(x, margins: padding), to: x)
    }
}
