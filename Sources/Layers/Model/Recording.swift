import Autograd
import Schema
import Tensors

/// A model as its layers recorded it: from images to a loss, and with gradients when it is to be trained.
package struct Recording: Sendable {
    /// What makes features of images and never changes, if that is worth being done once for each image.
    package let fixed: FixedPart?
    /// The computation: from images, or else from the features, to everything else.
    package let graph: Graph
    /// One line per layer.
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
    /// Operations of one image's forward pass, from the image on.
    package let forwardFlops: Int
    /// What training changes.
    package let changing: Set<Parameter>

    /// How many nodes the graph had before its gradients were appended.
    private let forwardNodes: Int
    /// What training or evaluation reads after each batch.
    let outputs: [Value]

    /// What runs for each layer, forward and backward, and which layers were joined.
    package var kernels: [LayerKernels] {
        (fixed?.kernels ?? []) + graph.kernels(outputs: outputs + assignments.map(\.value), forwardBefore: forwardNodes)
    }

    /// The names of the feeds: of a mixture also the other image's class, and the shares of both.
    package static let images = "images", labels = "labels", otherLabels = "other labels", shares = "shares",
        otherShares = "other shares"

    /// Layers that each read the one before.
    package init(
        _ layers: [any Layer], input: Shape, loss: any Loss, isTraining: Bool, rewrites: Rewrites = .all
    ) throws(ShapeError) {
        try self.init(
            layers.map { PlacedLayer($0) }, input: input, loss: loss, isTraining: isTraining, rewrites: rewrites)
    }

    /// Records layers on images of a shape, then the loss, joins operations, and for training appends the gradients.
    ///
    /// - Parameters:
    ///   - learning: the layers that learn, in place of what they say themselves.
    ///   - mixes: whether each image of training is a mixture of two.
    ///   - classWeights: how much images of each class count in training.
    ///   - changing: what training changes, to be known for inference, which changes nothing itself: without it, all
    ///     parameters may change.
    package init(
        _ layers: [PlacedLayer], input: Shape, loss: any Loss, isTraining: Bool, learning: LayerSelection? = nil,
        mixes: Bool = false, classWeights: ClassWeights? = nil, changing: Set<Parameter>? = nil,
        rewrites: Rewrites = .all, splits: Bool = true
    ) throws(ShapeError) {
        var recorder = Recorder(layers, isTraining: isTraining, learning: learning)
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
        var imageLosses = try loss.record(output, labels: labels, in: &recorder.graph)
        func weigh(_ losses: Value, _ labels: Value, _ graph: inout Graph) throws(ShapeError) -> Value {
            guard isTraining, let classWeights else { return losses }
            return try classWeights.weigh(losses, classes: output.shape.count, labels: labels, in: &graph)
        }
        imageLosses = try weigh(imageLosses, labels, &recorder.graph)
        if isTraining, mixes { imageLosses = try loss.mix(imageLosses, of: output, in: &recorder.graph, weigh) }
        let correct = try recorder.graph.apply(Correctness(output), to: output, labels)
        var penalty = recorder.penalties.first
        for next in recorder.penalties.dropFirst() { penalty = try recorder.graph.sum(penalty ?? next, next) }
        var total = try recorder.graph.apply(BatchMean(imageLosses), to: imageLosses)
        if let penalty { total = try recorder.graph.sum(total, penalty) }
        let isProbability = recorder.graph.isProbability(output)
        let probabilities = isProbability ? output : try recorder.graph.apply(Softmax(output), to: output)

        let updates = recorder.updates
        let parameters = recorder.graph.parameters
        self.changing = changing ?? Set(parameters.filter(\.isTrainable) + updates.map(\.parameter))
        let wanted = [output, probabilities, imageLosses, total, correct] + [penalty].compactMap(\.self)
        let split = try Self.split(
            recorder.graph, changing: isTraining ? self.changing : changing, outputs: wanted + updates.map(\.value),
            isAllowed: splits && !(isTraining && mixes))
        fixed = try split.map { split throws(ShapeError) in try FixedPart(split, rewrites) }
        func unfixed(_ recorded: Value) -> Value { split.map { $0[recorded] } ?? recorded }

        let joined = try Rewriting(split?.rest ?? recorder.graph, rewrites.forward)
        var graph = joined.result
        forwardNodes = graph.nodes.count
        var assignments = updates.map { ($0.parameter, joined[unfixed($0.value)]) }
        if isTraining {
            let trainable = graph.parameters.filter(\.isTrainable)
            let targets = try trainable.map { parameter throws(ShapeError) in try graph.parameter(parameter) }
            let gradients = try graph.gradients(of: joined[unfixed(total)], withRespectTo: targets)
            assignments += zip(trainable, gradients).map { ($0, $1) }
        } else {
            assignments = []
        }
        let final = try Rewriting(graph, rewrites.backward)
        func value(_ recorded: Value) -> Value { final[joined[unfixed(recorded)]] }

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

    /// The two parts, where that is allowed, something is known to be fixed, and it is worth keeping. Where nothing changes at all
    /// there is no training to save work for, and the loss stays whole.
    private static func split(
        _ graph: Graph, changing: Set<Parameter>?, outputs: [Value], isAllowed: Bool
    ) throws(ShapeError) -> GraphSplit? {
        guard let changing, !changing.isEmpty, isAllowed else { return nil }
        let split = try GraphSplit(graph, feeds: [images], isUnchanged: { !changing.contains($0) }, outputs: outputs)
        return split.isWorthwhile ? split : nil
    }
}

extension Loss {
    /// The mean of the loss for a mixture's first class and that for its second one, weighted by their shares.
    fileprivate func mix(
        _ first: Value, of output: Value, in graph: inout Graph,
        _ weigh: (_ losses: Value, _ labels: Value, _ graph: inout Graph) throws(ShapeError) -> Value
    ) throws(ShapeError) -> Value {
        let labels = try graph.feed(Recording.otherLabels, .image(Shape(1)))
        let second = try weigh(try record(output, labels: labels, in: &graph), labels, &graph)
        var parts: [Value] = []
        for (loss, name) in [(first, Recording.shares), (second, Recording.otherShares)] {
            let share = try graph.feed(name, first.type)
            parts.append(try graph.apply(MultiplyElements(loss, share), to: loss, share))
        }
        return try graph.sum(parts[0], parts[1])
    }
}
