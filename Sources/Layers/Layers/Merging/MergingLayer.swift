import Autograd
import Schema
import Tensors

/// Merges values element by element, two by two from the first to the last. Axes of length 1 are repeated as often as the other
/// value asks, and axes that one value lacks stand before its own, as in Keras.
protocol MergingLayer: Layer {
    /// Records the merging of two values of one shape.
    func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value
}

extension MergingLayer {
    package static var arity: ClosedRange<Int> { 2...1000 }
    package static var fields: [Field<Self>] { [] }

    package func record(_ inputs: [Value], in recorder: inout Recorder) throws(ShapeError) -> Value {
        try mergeAll(inputs, in: &recorder.graph)
    }

    func mergeAll(_ inputs: [Value], in graph: inout Graph) throws(ShapeError) -> Value {
        var result = inputs[0]
        for next in inputs.dropFirst() {
            let shape = try Broadcast.shape(result.shape, next.shape)
            result = try merge(graph.broadcast(result, to: shape), graph.broadcast(next, to: shape), in: &graph)
        }
        return result
    }
}

/// The sum of several values.
package struct Add: MergingLayer {
    package init() {}
    package static let name = "Add"
    package static let summary = "Adds values element by element; axes of length 1 are repeated as needed."

    func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value { try graph.sum(a, b) }
}

/// The difference of two values.
package struct Subtract: MergingLayer {
    package init() {}
    package static let name = "Subtract"
    package static let summary = "Takes the second value from the first."
    package static var arity: ClosedRange<Int> { 2...2 }

    func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.apply(SubtractElements(a, b), to: a, b)
    }
}

/// The product of several values, element by element.
package struct Multiply: MergingLayer {
    package init() {}
    package static let name = "Multiply"
    package static let summary = "Multiplies values element by element; axes of length 1 are repeated as needed."

    func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.apply(MultiplyElements(a, b), to: a, b)
    }
}

/// The mean of several values.
package struct Average: MergingLayer {
    package init() {}
    package static let name = "Average"
    package static let summary = "The mean of values, element by element; axes of length 1 are repeated as needed."

    func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value { try graph.sum(a, b) }

    package func record(_ inputs: [Value], in recorder: inout Recorder) throws(ShapeError) -> Value {
        let sum = try mergeAll(inputs, in: &recorder.graph)
        let mean = try recorder.graph.apply(Rescale(sum, scale: 1 / Float(inputs.count), offset: 0), to: sum)
        // So that two networks with a softmax each may vote.
        if inputs.allSatisfy(recorder.graph.isProbability) { recorder.graph.declareProbability(mean) }
        return mean
    }
}

/// The largest of several values, element by element.
package struct Maximum: MergingLayer {
    package init() {}
    package static let name = "Maximum"
    package static let summary = "The largest of values, element by element; axes of length 1 are repeated as needed."

    func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.apply(MaximumOfElements(a, b), to: a, b)
    }
}
