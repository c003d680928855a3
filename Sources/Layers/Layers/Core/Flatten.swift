import Autograd
import Schema
import Tensors

/// Makes an image one row of features, row by row and channel by channel.
package struct Flatten: UnaryLayer {
    package init() {}

    package static let name = "Flatten"
    package static let summary = "Flattens an image into a vector."
    package static var fields: [Field<Flatten>] { [] }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(Reshape(x, to: Shape(x.shape.count)), to: x)
    }
}
