import Autograd
import Schema
import Tensors

/// A model as its layers recorded it: from images to a loss, and with gradients when it is to be trained.
package struct Recording: Sendable {
    /// The whole computation.
    package let graph: Graph
    /// A line a layer.
    package let rows: [LayerRow]
    /// What the last layer says of each image.
    package let output: Value
    /// The same as probabilities.
    package let probabilities: Value
    /// Each image's loss, without penalties.
    package let imageLosses: Value
    /// The sum of all penalties on weights, if there are any.
    package let penalty: Value?
    /// The mean over the batch, with penalties.
    package let loss: Value
    /// 1 for each image whose class was found.
    package let correct: Value
    /// The gradients of trainable parameters, and new values of others.
    package let assignments: [(parameter: Parameter, value: Value)]
    /// Operations of one image's forward pass.
    package let forwardFlops: Int

    /// The names of the two feeds.
    package static let images = "images", labels = "labels"

    /// Records layers one after the other on images of a shape, then the loss, then, for training, the gradients.
    package init(_ layers: [any Layer], input: Shape, loss: any Loss, isTraining: Bool) throws(ShapeError) {
        var recorder = Recorder(isTraining: isTraining)
        recorder.graph.layer = "input"
        let images = try recorder.graph.feed(Self.images, .image(input))
        let labels = try recorder.graph.feed(Self.labels, .image(Shape(1)))
        var x = images
        for layer in layers { x = try recorder.record(layer, x) }
        output = x
        rows = recorder.rows

        recorder.graph.layer = "loss"
        guard output.shape.rank == 1 else {
            throw ShapeError(
                layer: rows.last?.name ?? "model",
                "must be one row of classes at the end; Flatten or a global pooling makes an image one row",
                output.shape)
        }
        forwardFlops = recorder.graph.flops
        let imageLosses = try loss.record(output, labels: labels, in: &recorder.graph)
        self.imageLosses = imageLosses
        correct = try recorder.graph.apply(Correctness(output), to: output, labels)
        var penalty = recorder.penalties.first
        for next in recorder.penalties.dropFirst() { penalty = try recorder.graph.sum(penalty ?? next, next) }
        self.penalty = penalty
        var total = try recorder.graph.apply(BatchMean(imageLosses), to: imageLosses)
        if let penalty { total = try recorder.graph.sum(total, penalty) }
        self.loss = total
        if recorder.graph.logits(behind: output) != nil {
            probabilities = output
        } else {
            probabilities = try recorder.graph.apply(Softmax(output), to: output)
        }

        var assignments: [(parameter: Parameter, value: Value)] = []
        if isTraining {
            assignments = recorder.updates
            let trainable = recorder.graph.parameters.filter(\.isTrainable)
            let targets = try trainable.map { parameter throws(ShapeError) in try recorder.graph.parameter(parameter) }
            let gradients = try recorder.graph.gradients(of: total, withRespectTo: targets)
            assignments += zip(trainable, gradients).map { ($0, $1) }
        }
        self.assignments = assignments
        outputs = isTraining ? [total, correct] : [probabilities, imageLosses, correct] + (penalty.map { [$0] } ?? [])
        graph = recorder.graph
    }

    /// The outputs of its programs: what training or evaluation reads after each batch.
    let outputs: [Value]
}
