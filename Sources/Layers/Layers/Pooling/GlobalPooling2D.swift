import Autograd
import Schema
import Tensors

/// The largest value of every channel: one window as large as the image.
package struct GlobalMaxPooling2D: UnaryLayer {
    package init() {}

    package static let name = "GlobalMaxPooling2D"
    package static let summary = "Keeps the largest value of every channel."
    package static var fields: [Field<GlobalMaxPooling2D>] { [] }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let window = try wholeImage(x)
        let pooled = try recorder.graph.apply(MaxPooling(x, window: window, strides: window, same: false), to: x)
        return try recorder.graph.apply(Reshape(pooled, to: Shape(x.shape.channels)), to: pooled)
    }
}

/// The mean of every channel: one window as large as the image.
package struct GlobalAveragePooling2D: UnaryLayer {
    package init() {}

    package static let name = "GlobalAveragePooling2D"
    package static let summary = "Keeps the mean of every channel."
    package static var fields: [Field<GlobalAveragePooling2D>] { [] }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let window = try wholeImage(x)
        let pooled = try recorder.graph.apply(AveragePooling(x, window: window, strides: window, same: false), to: x)
        return try recorder.graph.apply(Reshape(pooled, to: Shape(x.shape.channels)), to: pooled)
    }
}

private func wholeImage(_ x: Value) throws(ShapeError) -> (vertical: Int, horizontal: Int) {
    try requireImages(x)
    return (x.shape[0], x.shape[1])
}
