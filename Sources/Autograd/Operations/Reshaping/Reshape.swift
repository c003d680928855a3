import Tensors

/// The same numbers under another shape; the plan lets it share its input's memory, and nothing is copied.
package struct Reshape: ImageOperation {
    package let resultType: ValueType
    private let original: ValueType

    /// To a shape of as many elements.
    package init(_ x: Value, to shape: Shape) throws(ShapeError) {
        guard x.shape.count == shape.count else { throw ShapeError("cannot be reshaped", x.shape, shape) }
        original = x.type
        resultType = .image(shape)
    }

    package var overwritable: [Int] { [0] }
    package var isView: Bool { true }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(Reshape(request.upstream, to: original.shape), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        guard run.input(0) != UnsafePointer(run.output) else { return }
        run.output.update(from: run.input(0), count: run.images * resultType.shape.count)
    }
}
