import Autograd
import Kernels
import Schema
import Tensors

/// Cuts a rectangle out of each image.
package struct RandomCrop: Augmentation {
    var height = 1
    var width = 1
    var always = false

    /// Height and width must be given.
    package init() {}

    package static let name = "RandomCrop"
    package static let summary =
        "Cuts a rectangle out of each image, at a place of its own while training; otherwise, and where it would not be "
        + "smaller in both directions, the largest in the middle of the same proportions is resized."
    package static var fields: [Field<RandomCrop>] {
        [
            .required("height", \.height, in: Size2D.bounds, "of the result"),
            .required("width", \.width, in: Size2D.bounds, "of the result"),
            alwaysField,
        ]
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let room = (x.shape[0] - height, x.shape[1] - width)
        guard room.0 > 0, room.1 > 0 else { return try pass(x, in: &recorder) }
        return try recorder.graph.apply(
            try AffineTransform(
                x, salt: salt, fillMode: .nearest, isBilinear: false, result: (height, width)
            ) { draws in
                var map = AffineMap()
                map.y = Float(draws.integer(0, below: room.0 + 1))
                map.x = Float(draws.integer(1, below: room.1 + 1))
                return map
            }, to: x)
    }

    func pass(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let (height, width) = (height, width)
        let rows = min(x.shape[0], max(1, x.shape[1] * height / width))
        let columns = min(x.shape[1], max(1, x.shape[0] * width / height))
        if (rows, columns) == (height, width), (rows, columns) == (x.shape[0], x.shape[1]) { return x }
        let (top, left) = ((x.shape[0] - rows) / 2, (x.shape[1] - columns) / 2)
        let margins = Margins(
            top: top, bottom: x.shape[0] - rows - top, left: left, right: x.shape[1] - columns - left)
        let middle = try recorder.graph.apply(CropImages(x, margins: margins), to: x)
        return try recorder.graph.apply(
            Resampling(middle, height: height, width: width, isBilinear: true), to: middle)
    }
}
