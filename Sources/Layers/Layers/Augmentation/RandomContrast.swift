import Autograd
import Kernels
import Schema
import Tensors

/// Moves the pixels of each image away from their mean, or towards it.
package struct RandomContrast: Augmentation {
    var factor = Factor(0)
    var valueRange = ValueRange.unit
    var always = false

    /// The factor must be given. Pixels are from 0 to 1 here, and from 0 to 255 in Keras.
    package init() {}

    package static let name = "RandomContrast"
    package static let summary =
        "Multiplies the distance of each pixel from its channel's mean by a random factor, while training."
    package static var fields: [Field<RandomContrast>] {
        [
            .required(
                "factor", \.factor, in: 0...1,
                "how far from 1 the factor may be; of two numbers, the smaller is the way down and the larger the way up"
            ),
            .optional("value_range", \.valueRange, "what results are clipped to; Keras's default is [0, 255]"),
            alwaysField,
        ]
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let factors = factor.around(1)
        let range = valueRange.floats
        return try recorder.graph.apply(
            try AdjustTones(x, salt: salt) { draws in
                ToneCurve(
                    scale: Float(draws.uniform(0, in: factors)), offset: 0, lower: range.lowerBound,
                    upper: range.upperBound)
            }, to: x)
    }
}
