import Kernels
import Tensors

/// Probabilities over the last axis. Input: anything that each image has.
package struct Softmax: ImageOperation {
    package let resultType: ValueType

    /// Keeps the shape.
    package init(_ x: Value) { resultType = x.type }

    private var classes: Int { resultType.shape.channels }
    package var flops: Int { 4 * resultType.shape.count }
    package var overwritable: [Int] { [0] }
    package var yieldsProbabilities: Bool { true }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(SoftmaxGradient(resultType: resultType), to: request.upstream, request.output)]
    }

    package func run(_ run: borrowing Run) {
        softmax(
            rows: run.images * resultType.shape.count / classes, classes: classes, x: run.input(0), y: run.output)
    }
}

/// dx = y · (dy − Σ dy · y): a higher score lowers all other probabilities. Inputs: the gradient of the probabilities, the
/// probabilities.
struct SoftmaxGradient: ImageOperation {
    let resultType: ValueType

    private var classes: Int { resultType.shape.channels }
    var flops: Int { 4 * resultType.shape.count }
    var overwritable: [Int] { [0] }

    func run(_ run: borrowing Run) {
        softmaxGradient(
            rows: run.images * resultType.shape.count / classes, classes: classes, y: run.input(1), dy: run.input(0),
            dx: run.output)
    }
}
