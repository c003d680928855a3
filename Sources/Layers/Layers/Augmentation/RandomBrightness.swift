import Autograd
import Kernels
import Schema
import Tensors

/// Makes each image lighter or darker.
package struct RandomBrightness: Augmentation {
    var factor = Factor(0)
    var valueRange = ValueRange.unit
    var always = false

    /// The factor must be given. Pixels are from 0 to 1 here, and from 0 to 255 in Keras.
    package init() {}

    package static let name = "RandomBrightness"
    package static let summary = "Adds a random number to all pixels of an image, while training."
    package static var fields: [Field<RandomBrightness>] {
        [
            .required(
                "factor", \.factor, in: -1...1,
                "the largest change to both sides, or the least and the largest, as parts of value_range"),
            .optional(
                "value_range", \.valueRange,
                "black and white, to which results are clipped; Keras's default is [0, 255]"),
            alwaysField,
        ]
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let changes = factor.bothSides
        let range = valueRange.floats
        let extent = valueRange.upper - valueRange.lower
        return try recorder.graph.apply(
            try AdjustTones(x, salt: salt) { draws in
                ToneCurve(
                    scale: 1, offset: Float(draws.uniform(0, in: changes) * extent), lower: range.lowerBound,
                    upper: range.upperBound)
            }, to: x)
    }
}
