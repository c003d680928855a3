import Kernels
import Tensors

/// The mean over the batch of a number that each image has: the loss that training reports. Input: the numbers.
package struct BatchMean: SumOperation {
    /// Of single numbers.
    package init(_ x: Value) throws(ShapeError) {
        guard x.shape.count == 1 else { throw ShapeError("only single numbers have a batch mean", x.shape) }
    }

    package var resultType: ValueType { .whole(Shape()) }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(BatchMeanGradient(resultType: request.inputs[0].type), to: request.upstream)]
    }

    package func add(_ run: borrowing Run) {
        addColumnSums(rows: run.images, columns: 1, x: run.input(0), sums: run.output)
    }

    package func combine(_ run: borrowing Run) {
        sumParts(parts: run.partCount, stride: run.partStride, range: 0..<1, from: run.parts, to: run.output)
        run.output.pointee /= Float(run.batch)
    }
}

/// The same share for every image. Input: the gradient of the mean.
struct BatchMeanGradient: ImageOperation {
    let resultType: ValueType

    func run(_ run: borrowing Run) {
        run.output.update(repeating: run.input(0).pointee / Float(run.batch), count: run.images)
    }
}
