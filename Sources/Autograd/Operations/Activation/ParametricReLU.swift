import Kernels
import Tensors

/// A ReLU whose slopes for negative numbers are learned. Inputs: anything that each image has, and slopes of its shape, in
/// which axes may have length 1.
package struct ParametricReLU: ImageOperation {
    private let axes: RepeatedAxes
    private let slopes: ValueType
    package let resultType: ValueType

    /// Keeps the shape of x.
    package init(_ x: Value, slopes: Value) throws(ShapeError) {
        guard x.shape.rank == slopes.shape.rank,
            zip(slopes.shape.dimensions, x.shape.dimensions).allSatisfy({ $0 == 1 || $0 == $1 })
        else { throw ShapeError("the slopes do not fit: lengths must be equal, or 1", slopes.shape, x.shape) }
        axes = RepeatedAxes(slopes.shape.dimensions, in: x.shape.dimensions)
        self.slopes = slopes.type
        resultType = x.type
    }

    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0] }
    package var preparation: Preparation? { Preparation(floats: axes.count, pieces: 1) }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, slopes, dy) = (request.inputs[0], request.inputs[1], request.upstream)
        return [
            request.wanted[0]
                ? try graph.apply(ParametricReLUGradient(axes: axes, resultType: resultType), to: dy, x, slopes) : nil,
            request.wanted[1]
                ? try graph.apply(SlopeGradient(axes: axes, resultType: self.slopes), to: x, dy) : nil,
        ]
    }

    package func prepare(_ run: borrowing Run) { repeatAxes(axes, images: 1, x: run.input(1), y: run.prepared) }

    package func run(_ run: borrowing Run) {
        parametricReLU(images: run.images, count: axes.count, x: run.input(0), slopes: run.prepared, y: run.output)
    }
}

/// dy, times the slope where x is not positive. Inputs: the gradient of the result, the argument, the slopes.
struct ParametricReLUGradient: ImageOperation {
    let axes: RepeatedAxes
    let resultType: ValueType

    var flops: Int { axes.count }
    var overwritable: [Int] { [0, 1] }
    var preparation: Preparation? { Preparation(floats: axes.count, pieces: 1) }

    func prepare(_ run: borrowing Run) { repeatAxes(axes, images: 1, x: run.input(2), y: run.prepared) }

    func run(_ run: borrowing Run) {
        parametricReLUGradient(
            images: run.images, count: axes.count, x: run.input(1), slopes: run.prepared, dy: run.input(0),
            dx: run.output)
    }
}

/// The gradient of the slopes: Σ x · dy over negative x. Inputs: the argument, the gradient of the result.
struct SlopeGradient: SumOperation {
    let axes: RepeatedAxes
    let resultType: ValueType

    var flops: Int { 2 * axes.count }
    var scratch: Int { axes.count + axes.smallCount }

    func add(_ run: borrowing Run) {
        addSlopeGradient(
            axes, images: run.images, x: run.input(0), dy: run.input(1), sums: run.output, scratch: run.scratch)
    }
}
