import Autograd
import Schema
import Tensors

/// What training makes small: a number for each image.
package protocol Loss: Described {
    /// Records the loss of each image from the model's output and the class as a number.
    func record(_ output: Value, labels: Value, in graph: inout Graph) throws(ShapeError) -> Value
}

extension Format where Value == any Loss {
    /// One of the losses, or its bare name.
    package static var loss: Format { Format.losses.format }

    /// All of them.
    package static var losses: Family<any Loss> {
        Family("loss", [SparseCategoricalCrossentropy.self, MeanSquaredError.self], allowsBareNames: true)
    }
}

/// The negative logarithm of the probability that the model gave to the true class.
package struct SparseCategoricalCrossentropy: Loss {
    var labelSmoothing = 0.0

    package init() {}

    package static let name = "SparseCategoricalCrossentropy"
    package static let summary =
        "The negative logarithm of the probability of the true class; without a final softmax, outputs are taken for logits, "
        + "as with from_logits=True in Keras."
    package static var fields: [Field<SparseCategoricalCrossentropy>] {
        [
            .optional(
                "label_smoothing", \.labelSmoothing, in: 0..<1, "which part of the target is spread over all classes")
        ]
    }

    /// A model without a final softmax is taken to end in logits.
    package func record(_ output: Value, labels: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        let smoothing = Float(labelSmoothing)
        if graph.isProbability(output) {
            return try graph.apply(
                ProbabilityCrossEntropy(output, labels: labels, smoothing: smoothing), to: output, labels)
        }
        return try graph.apply(CrossEntropy(output, labels: labels, smoothing: smoothing), to: output, labels)
    }
}

/// The mean of squared differences between the output and a row with 1 at the true class.
package struct MeanSquaredError: Loss {
    package init() {}

    package static let name = "MeanSquaredError"
    package static let summary = "The mean squared difference from a row with 1 at the true class."
    package static var fields: [Field<MeanSquaredError>] { [] }

    package func record(_ output: Value, labels: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        guard output.shape.rank == 1 else {
            throw ShapeError("the model must end in one row of classes", output.shape)
        }
        let target = try graph.apply(OneHot(classes: output.shape[0]), to: labels)
        return try graph.apply(SquaredError(output, target: target), to: output, target)
    }
}
