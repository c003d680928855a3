import Autograd
import Kernels
import Schema
import Tensors

/// Mirrors half of the images.
package struct RandomFlip: Augmentation {
    var mode = FlipMode.horizontalAndVertical
    var always = false

    /// Keras's default.
    package init() {}

    package static let name = "RandomFlip"
    package static let summary = "Mirrors each image with probability ½, while training."
    package static var fields: [Field<RandomFlip>] {
        [
            .optional("mode", \.mode, "left and right, top and bottom, or both at once, which turns an image by half"),
            alwaysField,
        ]
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let mode = mode
        let (height, width) = (x.shape[0], x.shape[1])
        return try recorder.graph.apply(
            try AffineTransform(x, salt: salt, fillMode: .nearest, isBilinear: false) { draws in
                var map = AffineMap()
                // One draw for both directions, as in Keras.
                guard draws.uniform(0, in: 0...1) <= 0.5 else { return map }
                if mode != .vertical {
                    map.xx = -1
                    map.x = Float(width - 1)
                }
                if mode != .horizontal {
                    map.yy = -1
                    map.y = Float(height - 1)
                }
                return map
            }, to: x)
    }
}

/// What a flip exchanges.
package enum FlipMode: String, CaseIterable, Setting {
    case horizontal, vertical
    case horizontalAndVertical = "horizontal_and_vertical"
}
