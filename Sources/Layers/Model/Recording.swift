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

    /// How many nodes the graph had before its gradients were appended.
    private let forwardNodes: Int
    /// What training or evaluation reads after each batch.
    let outputs: [Value]

    /// What runs for each layer, forward and backward, and which layers were joined.
    package var kernels: [LayerKernels] {
        graph.kernels(outputs: outputs + assignments.map(\.value), forwardBefore: forwardNodes)
    }

    /// The names of the two feeds.
    package static let images = "images", labels = "labels"

    /// Layers that each read the one before.
    package init(
        _ layers: [any Layer], input: Shape, loss: any Loss, isTraining: Bool, rewrites: Rewrites = .all
    ) throws(ShapeError) {
        try self.init(
            layers.map { PlacedLayer($0) }, input: input, loss: loss, isTraining: isTraining, rewrites: rewrites)
    }

    /// Records layers on images of a shape, then the loss, joins operations, and for training appends the gradients.
    package init(
        _ layers: [PlacedLayer], input: Shape, loss: any Loss, isTraining: Bool, rewrites: Rewrites = .all
    ) throws(ShapeError) {
        var recorder = Recorder(layers, isTraining: isTraining)
        recorder.graph.layer = PlacedLayer.image
        let images = try recorder.graph.feed(Self.images, .image(input))
        let labels = try recorder.graph.feed(Self.labels, .image(Shape(1)))
        let output = try recorder.record(layers, images: images)
        rows = recorder.rows
        forwardFlops = recorder.graph.flops

        recorder.graph.layer = "(loss)"
        guard output.shape.rank == 1 else {
            throw ShapeError(
                layer: rows.last?.name ?? "model",
                "must be one row of classes at the end; Flatten or a global pooling makes an image one row",
                output.shape)
        }
        let imageLosses = try loss.record(output, labels: labels, in: &recorder.graph)
        let correct = try recorder.graph.apply(Correctness(output), to: output, labels)
        var penalty = recorder.penalties.first
        for next in recorder.penalties.dropFirst() { penalty = try recorder.graph.sum(penalty ?? next, next) }
        var total = try recorder.graph.apply(BatchMean(imageLosses), to: imageLosses)
        if let penalty { total = try recorder.graph.sum(total, penalty) }
        let isProbability = recorder.graph.isProbability(output)
        let probabilities = isProbability ? output : try recorder.graph.apply(Softmax(output), to: output)

        let joined = try Rewriting(recorder.graph, rewrites.forward)
        var graph = joined.result
        forwardNodes = graph.nodeCount
        var assignments = recorder.updates.map { ($0.parameter, joined[$0.value]) }
        if isTraining {
            let trainable = graph.parameters.filter(\.isTrainable)
            let targets = try trainable.map { parameter throws(ShapeError) in try graph.parameter(parameter) }
            let gradients = try graph.gradients(of: joined[total], withRespectTo: targets)
            assignments += zip(trainable, gradients).map { ($0, $1) }
        } else {
            assignments = []
        }
        let final = try Rewriting(graph, rewrites.backward)
        func value(_ recorded: Value) -> Value { final[joined[recorded]] }

        self.graph = final.result
        self.assignments = assignments.map { ($0.0, final[$0.1]) }
        self.output = value(output)
        self.probabilities = value(probabilities)
        self.imageLosses = value(imageLosses)
        self.penalty = penalty.map(value)
        self.loss = value(total)
        self.correct = value(correct)
        outputs =
            isTraining
            ? [self.loss, self.correct]
            : [self.probabilities, self.imageLosses, self.correct] + (self.penalty.map { [$0] } ?? [])
    }
}
