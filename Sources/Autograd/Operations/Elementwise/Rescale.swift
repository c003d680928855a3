import Kernels
import Tensors

/// x · scale + offset.
package struct Rescale: ImageOperation {
    package let scale, offset: Float
    package let resultType: ValueType

    /// Keeps the shape.
    package init(_ x: Value, scale: Float, offset: Float) {
        self.scale = scale
        self.offset = offset
        resultType = x.type
    }

    package var flops: Int { 2 * resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(Rescale(request.upstream, scale: scale, offset: 0), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        rescale(
            count: run.images * resultType.shape.count, x: run.input(0), scale: scale, offset: offset, y: run.output)
    }
}
