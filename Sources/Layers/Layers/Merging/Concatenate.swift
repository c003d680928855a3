import Autograd
import Schema
import Tensors

/// Several values side by side along one axis.
package struct Concatenate: Layer {
    var axis = -1

    package init() {}

    package static let name = "Concatenate"
    package static let summary = "Puts values side by side along one axis, in which alone their shapes may differ."
    package static let arity = 2...1000
    package static var fields: [Field<Concatenate>] {
        [.optional("axis", \.axis, in: -4...4, "the axis, counted from the batch as 0, or from the last as -1")]
    }

    package func record(_ inputs: [Value], in recorder: inout Recorder) throws(ShapeError) -> Value {
        let rank = inputs[0].shape.rank
        // Keras counts the batch, which no axis may be.
        let index = axis < 0 ? rank + axis : axis - 1
        guard (0..<rank).contains(index) else {
            throw ShapeError("this shape has no axis \(axis) to concatenate along", inputs[0].shape)
        }
        var result = inputs[0]
        for next in inputs.dropFirst() {
            result = try recorder.graph.apply(ConcatenatePair(result, next, axis: index), to: result, next)
        }
        return result
    }
}
