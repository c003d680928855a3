import Kernels
import Tensors

/// The sum of two values that each image has.
package struct AddElements: ImageOperation {
    package let resultType: ValueType

    package init(_ a: Value, _ b: Value) throws(ShapeError) { resultType = try sharedType(a, b, "added") }

    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0, 1] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [request.upstream, request.upstream]
    }

    package func run(_ run: borrowing Run) {
        addElements(
            count: run.images * resultType.shape.count, a: run.input(0), b: run.input(1), y: run.output)
    }
}

/// The sum of two values that the batch has once.
package struct AddWhole: WholeOperation {
    package let resultType: ValueType

    package init(_ a: Value, _ b: Value) throws(ShapeError) { resultType = try sharedType(a, b, "added") }

    package var pieces: Int { piecesOfRange(resultType.shape.count) }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [request.upstream, request.upstream]
    }

    package func run(_ run: borrowing Run) {
        let range = run.share(of: resultType.shape.count)
        addElements(
            count: range.count, a: run.input(0) + range.lowerBound, b: run.input(1) + range.lowerBound,
            y: run.output + range.lowerBound)
    }
}
