import Kernels
import Tensors

/// Each image's loss from probabilities. Inputs: probabilities, the class as a number.
package struct ProbabilityCrossEntropy: ImageOperation {
    /// The same loss of the softmax's argument.
    let ofLogits: CrossEntropy

    /// `smoothing` is the share of the target that is spread over all classes.
    package init(_ probabilities: Value, labels: Value, smoothing: Float) throws(ShapeError) {
        ofLogits = try CrossEntropy(probabilities, labels: labels, smoothing: smoothing)
    }

    package var resultType: ValueType { ofLogits.resultType }
    package var flops: Int { 4 * ofLogits.classes }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let gradient = ProbabilityCrossEntropyGradient(classes: ofLogits.classes, smoothing: ofLogits.smoothing)
        return [try graph.apply(gradient, to: request.inputs + [request.upstream]), nil]
    }

    package func run(_ run: borrowing Run) {
        probabilityCrossEntropy(
            rows: run.images, classes: ofLogits.classes, smoothing: ofLogits.smoothing, y: run.input(0),
            labels: run.input(1), losses: run.output)
    }
}

/// −target / y · dy, and zero where y was clipped. Inputs: probabilities, class, the gradient of the loss.
struct ProbabilityCrossEntropyGradient: ImageOperation {
    let classes: Int
    let smoothing: Float

    var resultType: ValueType { .image(Shape(classes)) }
    var flops: Int { 3 * classes }

    func run(_ run: borrowing Run) {
        probabilityCrossEntropyGradient(
            rows: run.images, classes: classes, smoothing: smoothing, y: run.input(0), labels: run.input(1),
            upstream: run.input(2), dy: run.output)
    }
}
