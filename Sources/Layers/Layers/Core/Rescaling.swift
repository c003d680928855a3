import Autograd
import Schema
import Tensors

/// x · scale + offset, to bring pixels to a range.
package struct Rescaling: UnaryLayer {
    var scale = Numbers(1)
    var offset = Numbers(0)

    /// The scale must be given.
    package init() {}

    package static let name = "Rescaling"
    package static let summary = "Multiplies by a factor and adds an offset."
    package static var fields: [Field<Rescaling>] {
        [
            .required("scale", \.scale, "the factor, or one for each channel"),
            .optional("offset", \.offset, "what is added, or one number for each channel"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard scale.isList || offset.isList else {
            let rescale = Rescale(x, scale: Float(scale.values[0]), offset: Float(offset.values[0]))
            return try recorder.graph.apply(rescale, to: x)
        }
        let channels = x.shape.channels
        guard let factors = scale.floats(count: channels), let offsets = offset.floats(count: channels) else {
            throw ShapeError("scale and offset must be one number, or one for each channel", x.shape)
        }
        let zeros = [Float](repeating: 0, count: channels)
        return try recorder.graph.apply(
            NormalizeByConstants(x, before: zeros, factor: factors, after: offsets), to: x)
    }
}
