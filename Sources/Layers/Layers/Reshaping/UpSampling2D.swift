import Autograd
import Schema
import Tensors

package struct UpSampling2D: UnaryLayer {
    var size = Size2D(2)
    var interpolation = Interpolation.nearest

    package init() {}

    package static let name = "UpSampling2D"
    package static let summary = "Makes images larger by whole factors."
    package static var fields: [Field<UpSampling2D>] {
        [
            .optional("size", \.size, in: 1...4096, "how many times as high and as wide"),
            .optional("interpolation", \.interpolation, "what new pixels are made of"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        let resampling = try Resampling(
            x, height: x.shape[0] * size.height, width: x.shape[1] * size.width,
            isBilinear: interpolation == .bilinear)
        return try recorder.graph.apply(resampling, to: x)
    }
}
