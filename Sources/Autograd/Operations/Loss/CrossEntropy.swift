import Kernels
import Tensors

/// Each image's cross-entropy of p = softmax(z), where z are the logits, as one operation. Inputs: logits, the class as a number.
///
/// With targets t that sum to one,
///
///     loss = − Σ t · log p = log Σ eᶻ − Σ t · z.
///
/// The logarithm undoes the exponential, so that no p that rounds to zero is ever asked for its logarithm. The derivative of the
/// first term with respect to a z is its eᶻ / Σ eᶻ = p, and what is left of the whole is dz = (p − t) · dy.
package struct CrossEntropy: ImageOperation {
    let classes: Int
    let smoothing: Float

    /// `smoothing` is the share of the target that is spread over all classes.
    package init(_ logits: Value, labels: Value, smoothing: Float) throws(ShapeError) {
        guard logits.shape.rank == 1, labels.shape == Shape(1) else {
            throw ShapeError(
                "the model must end in one row of classes, and labels are single numbers",
                logits.shape, labels.shape)
        }
        classes = logits.shape[0]
        self.smoothing = smoothing
    }

    package var resultType: ValueType { .image(Shape()) }
    package var flops: Int { 4 * classes }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.apply(
                CrossEntropyGradient(classes: classes, smoothing: smoothing), to: request.inputs[0], request.inputs[1],
                request.upstream), nil,
        ]
    }

    package func run(_ run: borrowing Run) {
        crossEntropy(
            rows: run.images, classes: classes, smoothing: smoothing, x: run.input(0), labels: run.input(1),
            losses: run.output)
    }
}

/// Probability minus target, times the loss's gradient. Inputs: logits, class, the gradient of the loss.
struct CrossEntropyGradient: ImageOperation {
    let classes: Int
    let smoothing: Float

    var resultType: ValueType { .image(Shape(classes)) }
    var flops: Int { 5 * classes }

    func run(_ run: borrowing Run) {
        crossEntropyGradient(
            rows: run.images, classes: classes, smoothing: smoothing, x: run.input(0), labels: run.input(1),
            dy: run.input(2), dx: run.output)
    }
}
