import Autograd
import Kernels
import Schema
import Tensors

/// Erases a rectangle of each image, as Cutout does.
package struct RandomErasing: Augmentation {
    var factor = Factor(1)
    var scale = Factor(0.02, 0.33)
    var fillValue: Double?
    var valueRange = ValueRange.unit
    var always = false

    /// Keras's defaults, except that pixels are from 0 to 1 here.
    package init() {}

    package static let name = "RandomErasing"
    package static let summary = "Fills a random rectangle of an image with noise or a number, while training."
    package static var fields: [Field<RandomErasing>] {
        [
            .optional(
                "factor", \.factor, in: 0...1,
                "the largest probability that an image loses something, drawn for each from 0 on, or the least and the "
                    + "largest; [1, 1] takes something from all"),
            .optional(
                "scale", \.scale, in: 0...1,
                "the least and the largest part of the image; each side is the square root of a draw of its own"),
            .optional("fill_value", \.fillValue, "what the rectangle is filled with; null for normal noise"),
            .optional(
                "value_range", \.valueRange,
                "what fills are clipped to, the upper bound being the noise's deviation; Keras's default is [0, 255]"),
            alwaysField,
        ]
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let (probabilities, parts) = (factor.fromZero, scale.fromZero)
        let (height, width) = (Double(x.shape[0]), Double(x.shape[1]))
        return try recorder.graph.apply(
            try ErasePatch(x, salt: salt, fillValue: fillValue.map { Float($0) }, range: valueRange.floats) { draws in
                guard draws.uniform(5, in: 0...1) < draws.uniform(4, in: probabilities) else { return nil }
                func pixels(_ n: Int, of length: Double) -> Range<Int> {
                    let part = draws.uniform(n, in: parts).squareRoot() * length
                    let first = draws.uniform(n + 1, in: 0...1) * (length - part)
                    // Those whose coordinates lie from the first edge to just before the second one.
                    return Int(first.rounded(.up))..<Int(min(first + part, length).rounded(.up))
                }
                return ErasedPatch(rows: pixels(0, of: height), columns: pixels(2, of: width))
            }, to: x)
    }
}
