import Autograd
import Schema
import Tensors

/// A pool that slides over an image: what maximum and average have in common.
private protocol SlidingPool: UnaryLayer {
    var poolSize: Size2D { get set }
    var strides: Size2D? { get set }
    var padding: Padding { get set }
    static var required: Bool { get }
}

extension SlidingPool {
    package static var fields: [Field<Self>] {
        [
            required
                ? .required("pool_size", \.poolSize, in: Size2D.bounds, "height and width of the windows")
                : .optional("pool_size", \.poolSize, in: Size2D.bounds, "height and width of the windows"),
            .optional(
                "strides", \.strides, in: Size2D.bounds, "the distance between neighbouring windows; null is pool_size"),
            .optional("padding", \.padding, "whether windows may reach beyond the image"),
        ]
    }
}

package struct MaxPooling2D: SlidingPool {
    var poolSize = Size2D(2)
    var strides: Size2D?
    var padding = Padding.valid
    static let required = false

    package init() {}

    package static let name = "MaxPooling2D"
    package static let summary = "Keeps the largest value of every window."

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(
            MaxPooling(x, window: poolSize.pair, strides: (strides ?? poolSize).pair, same: padding == .same), to: x)
    }
}

package struct AveragePooling2D: SlidingPool {
    var poolSize = Size2D(2)
    var strides: Size2D?
    var padding = Padding.valid
    static let required = true

    /// Keras's defaults, which leave the pool's size to the user.
    package init() {}

    package static let name = "AveragePooling2D"
    package static let summary = "Keeps the mean of every window."

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(
            AveragePooling(x, window: poolSize.pair, strides: (strides ?? poolSize).pair, same: padding == .same), to: x
        )
    }
}
