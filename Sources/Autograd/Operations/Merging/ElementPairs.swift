import Kernels
import Tensors

/// The difference of two values that each image has.
package struct SubtractElements: ImageOperation {
    package let resultType: ValueType

    package init(_ a: Value, _ b: Value) throws(ShapeError) { resultType = try sharedType(a, b, "subtracted") }

    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0, 1] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let dy = request.upstream
        return [dy, request.wanted[1] ? try graph.apply(Rescale(dy, scale: -1, offset: 0), to: dy) : nil]
    }

    package func run(_ run: borrowing Run) {
        subtractElements(
            count: run.images * resultType.shape.count, a: run.input(0), b: run.input(1), y: run.output)
    }
}

/// The product of two values that each image has, element by element.
package struct MultiplyElements: ImageOperation {
    package let resultType: ValueType

    package init(_ a: Value, _ b: Value) throws(ShapeError) { resultType = try sharedType(a, b, "multiplied") }

    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0, 1] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (a, b, dy) = (request.inputs[0], request.inputs[1], request.upstream)
        return [
            request.wanted[0] ? try graph.apply(MultiplyElements(dy, b), to: dy, b) : nil,
            request.wanted[1] ? try graph.apply(MultiplyElements(dy, a), to: dy, a) : nil,
        ]
    }

    package func run(_ run: borrowing Run) {
        multiplyElements(
            count: run.images * resultType.shape.count, a: run.input(0), b: run.input(1), y: run.output)
    }
}

/// The larger of two values that each image has, element by element.
package struct MaximumOfElements: ImageOperation {
    package let resultType: ValueType

    package init(_ a: Value, _ b: Value) throws(ShapeError) { resultType = try sharedType(a, b, "compared") }

    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0, 1] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        try [true, false].enumerated().map { index, ofFirst throws(ShapeError) in
            guard request.wanted[index] else { return nil }
            let gradient = MaximumGradient(ofFirst: ofFirst, resultType: resultType)
            return try graph.apply(gradient, to: [request.upstream] + request.inputs)
        }
    }

    package func run(_ run: borrowing Run) {
        maximumOfElements(
            count: run.images * resultType.shape.count, a: run.input(0), b: run.input(1), y: run.output)
    }
}

/// The gradient of the first or the second of two values: dy where that one is the larger; of equals, the first takes it.
/// Inputs: the gradient, both values.
struct MaximumGradient: ImageOperation {
    let ofFirst: Bool
    let resultType: ValueType

    var flops: Int { resultType.shape.count }
    var overwritable: [Int] { [0] }

    func run(_ run: borrowing Run) {
        maximumGradient(
            count: run.images * resultType.shape.count, a: run.input(1), b: run.input(2), ofFirst: ofFirst,
            dy: run.input(0), dx: run.output)
    }
}

/// The type of two values that must have the same.
func sharedType(_ a: Value, _ b: Value, _ verb: String) throws(ShapeError) -> ValueType {
    guard a.type == b.type else { throw ShapeError("cannot be \(verb)", a.shape, b.shape) }
    return a.type
}
