import Autograd
import Kernels
import Layers
import Schema
import Tensors
import Testing

@Suite struct KerasLossTests {
    @Test(arguments: KerasFigures.losses["cross_entropy"]!.elements!.indices)
    func `cross-entropy and its gradient are Keras's, for extreme logits too`(index: Int) throws {
        let figures = KerasFigures.losses["cross_entropy"]!.elements![index]
        let classes = KerasFigures.read(Int.self, figures["classes"]!)
        let labels = KerasFigures.integers(figures["labels"]!).map { Float($0) }
        let loss: any Loss = try Format<any Loss>.loss.value(
            from: [
                "type": "SparseCategoricalCrossentropy", "label_smoothing": figures["label_smoothing"]!,
            ])
        try check(loss, width: classes, outputs: KerasFigures.floats(figures["logits"]!), labels: labels, figures)
    }

    @Test(arguments: KerasFigures.losses["mean_squared_error"]!.elements!.indices)
    func `squared error and its gradient are Keras's`(index: Int) throws {
        let figures = KerasFigures.losses["mean_squared_error"]!.elements![index]
        let width = KerasFigures.read(Int.self, figures["width"]!)
        var graph = Graph()
        let predictions = KerasFigures.floats(figures["predictions"]!)
        let x = try graph.feed("x", .image(Shape(width)))
        let target = try graph.feed("labels", .image(Shape(width)))
        let losses = try graph.apply(SquaredError(x, target: target), to: x, target)
        try check(&graph, losses, x, predictions, KerasFigures.floats(figures["targets"]!), figures)
    }

    @Test(arguments: KerasFigures.losses["regularizers"]!.elements!.indices)
    func `penalties on weights are Keras's`(index: Int) throws {
        let figures = KerasFigures.losses["regularizers"]!.elements![index]
        let regularizer = try Format<any Regularizer>.regularizer.value(from: figures["regularizer"]!)
        let values = KerasFigures.floats(figures["kernel"]!["values"]!)
        let kernel = Parameter(name: "kernel", shape: Shape(values.count), initializer: .constant(0))
        var graph = Graph()
        let weights = try graph.parameter(kernel)
        let penalty = try graph.apply(
            WeightPenalty(weights, l1: Float(regularizer.l1Factor), l2: Float(regularizer.l2Factor)), to: weights)
        let gradient = try graph.gradients(of: penalty, withRespectTo: [weights])[0]
        let parameters = try Parameters([kernel])
        parameters.set(kernel, to: values)
        let program = try Program(graph, parameters: parameters, batch: 1, outputs: [penalty, gradient])
        program.run(key: 0, team: Team(threads: 1))
        #expect(
            deviation([program.value(of: penalty)], [Float(KerasFigures.read(Double.self, figures["penalty"]!))]) < 1e-6
        )
        #expect(
            deviation(
                program.values(of: gradient),
                KerasFigures.floats(figures["gradient"]!["values"] ?? figures["gradient"]!)) < 1e-6)
    }

    @Test func `a weighted training reports Keras's loss and steps as far, and nobody else sees the weights`() throws {
        let figures = try #require(KerasFigures.losses["class_weights"])
        let weights = try ClassWeights.format.value(from: figures["class_weight"]!)
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(
            from: [["type": "Dense", "units": 3, "activation": "softmax"]])
        func network(_ weights: ClassWeights?) throws -> Network {
            let network = try Network(
                layers, input: Shape(5), loss: SparseCategoricalCrossentropy(), classWeights: weights)
            for (parameter, key) in zip(network.parameters.all, ["kernel", "bias"]) {
                network.parameters.set(parameter, to: KerasFigures.floats(figures[key]!))
            }
            return network
        }
        let (images, labels) = (try FloatMemory(count: 35), try FloatMemory(count: 7))
        images.set(KerasFigures.floats(figures["images"]!))
        labels.set(KerasFigures.integers(figures["labels"]!).map { Float($0) })
        func run(_ mode: Network.Mode, _ network: Network) throws -> NetworkProgram {
            let program = try network.program(mode, batch: 7)
            program.bind(images: images, labels: labels)
            program.run(team: Team(threads: 2))
            return program
        }
        let weighted = try network(weights)
        let program = try run(.training, weighted)
        let loss = Float(KerasFigures.read(Double.self, figures["loss"]!))
        #expect(deviation([program.loss], [loss]) < 1e-6)
        let accuracy = KerasFigures.read(Double.self, figures["accuracy"]!)
        #expect(abs(Double(program.correctCount) / 7 - accuracy) < 1e-6)
        let gradients = weighted.parameters.gradients.values()
        let after = zip(weighted.parameters.trainable.values(), gradients).map { $0 - $1 }
        let expected = KerasFigures.floats(figures["kernel_after"]!) + KerasFigures.floats(figures["bias_after"]!)
        #expect(deviation(after, expected) < 2e-6)
        #expect(try run(.inference, weighted).lossSum == run(.inference, network(nil)).lossSum)
        #expect(try run(.training, network(nil)).loss != program.loss)
    }

    @Test func `penalties of layers enter Keras's loss and its gradients, unless a layer is frozen`() throws {
        let figures = try #require(KerasFigures.losses["regularized_network"])
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: figures["layers"]!)
        let network = try Network(layers, input: Shape(6, 6, 2), loss: SparseCategoricalCrossentropy())
        let weights = figures["weights"]!.elements!
        try #require(network.parameters.all.count == weights.count)
        for (parameter, values) in zip(network.parameters.all, weights) {
            network.parameters.set(parameter, to: KerasFigures.floats(values))
        }
        let (images, labels) = (try FloatMemory(count: 4 * 72), try FloatMemory(count: 4))
        images.set(KerasFigures.floats(figures["images"]!))
        labels.set(KerasFigures.integers(figures["labels"]!).map { Float($0) })
        let program = try network.program(.training, batch: 4)
        program.bind(images: images, labels: labels)
        program.run(team: Team(threads: 2))
        let bare = Float(KerasFigures.read(Double.self, figures["loss"]!))
        let whole = Float(KerasFigures.read(Double.self, figures["loss_with_penalties"]!))
        #expect(whole - bare > 1)
        #expect(deviation([program.loss], [whole]) < 1e-6)
        let gradients = figures["gradients"]!.elements!.flatMap(KerasFigures.floats)
        #expect(deviation(network.parameters.gradients.values(), gradients, scale: 0.1) < 1e-5)
    }

    private func check(
        _ loss: any Loss, width: Int, outputs: [Float], labels: [Float], _ figures: JSON
    ) throws {
        var graph = Graph()
        let x = try graph.feed("x", .image(Shape(width)))
        let label = try graph.feed("labels", .image(Shape(1)))
        let losses = try loss.record(x, labels: label, in: &graph)
        try check(&graph, losses, x, outputs, labels, figures)
    }

    private func check(
        _ graph: inout Graph, _ losses: Value, _ x: Value, _ outputs: [Float], _ labels: [Float], _ figures: JSON
    ) throws {
        let mean = try graph.apply(BatchMean(losses), to: losses)
        let gradient = try graph.gradients(of: mean, withRespectTo: [x])[0]
        let program = try Program(
            graph, parameters: Parameters([]), batch: outputs.count / x.shape.count, outputs: [losses, mean, gradient])
        for (name, values) in [("x", outputs), ("labels", labels)] {
            let memory = try FloatMemory(count: values.count)
            memory.set(values)
            program.bind(name, to: memory)
        }
        program.run(key: 0, team: Team(threads: 2))
        let reference = KerasFigures.floats(figures["losses"]!)
        #expect(deviation(program.values(of: losses), reference, scale: 1) < 2e-6)
        #expect(
            deviation([program.value(of: mean)], [Float(KerasFigures.read(Double.self, figures["mean"]!))], scale: 1)
                < 2e-6)
        #expect(deviation(program.values(of: gradient), KerasFigures.floats(figures["gradient"]!)) < 1e-5)
    }
}
