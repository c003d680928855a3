import Kernels
import Tensors

/// Puts axes into another order. Input: anything that each image has.
package struct Permutation: ImageOperation {
    private let order: AxisOrder
    package let axes: [Int]
    package let resultType: ValueType

    /// Axis i of the result is axis `axes[i]` of x.
    package init(_ x: Value, axes: [Int]) throws(ShapeError) {
        guard axes.sorted() == Array(0..<x.shape.rank) else {
            throw ShapeError("an order of axes must name each axis of the value once", Shape(axes), x.shape)
        }
        order = AxisOrder(x.shape.dimensions, axes: axes)
        self.axes = axes
        resultType = .image(Shape(order.lengths))
    }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        var inverse = axes
        for (index, axis) in axes.enumerated() { inverse[axis] = index }
        return [try graph.apply(Permutation(request.upstream, axes: inverse), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) { permute(order, images: run.images, x: run.input(0), y: run.output) }
}
