import Kernels
import Tensors

/// Each image's mean of squared differences. Inputs: prediction, target.
package struct SquaredError: ImageOperation {
    let count: Int

    /// Both of the same shape.
    package init(_ prediction: Value, target: Value) throws(ShapeError) {
        guard prediction.shape == target.shape else {
            throw ShapeError("prediction and target differ", prediction.shape, target.shape)
        }
        count = prediction.shape.count
    }

    package var resultType: ValueType { .image(Shape()) }
    package var flops: Int { 3 * count }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let gradient = SquaredErrorGradient(count: count, resultType: request.inputs[0].type)
        return [
            try graph.apply(gradient, to: request.inputs[0], request.inputs[1], request.upstream), nil,
        ]
    }

    package func run(_ run: borrowing Run) {
        squaredError(rows: run.images, count: count, prediction: run.input(0), target: run.input(1), losses: run.output)
    }
}

/// 2 (prediction − target) / count · dy. Inputs: prediction, target, the gradient of the loss.
struct SquaredErrorGradient: ImageOperation {
    let count: Int
    let resultType: ValueType

    var flops: Int { 3 * count }

    func run(_ run: borrowing Run) {
        squaredErrorGradient(
            rows: run.images, count: count, prediction: run.input(0), target: run.input(1), dy: run.input(2),
            dx: run.output)
    }
}
