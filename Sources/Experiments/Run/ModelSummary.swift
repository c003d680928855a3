import Autograd
import Datasets
import Layers
import Optimizers
import Reporting
import Schema
import Tensors
import Training

/// What a model consists of and what it costs, known before anything runs.
package struct ModelSummary: Sendable {
    let name: String
    let inputShape: Shape
    let rows: [LayerRow]
    /// What runs for each layer in training.
    var kernels: [LayerKernels] { training.kernels }
    private let training: Recording
    let forwardFlops: Int
    /// With those of frozen layers whose features are not kept.
    let trainingFlops: Int
    /// Operations on each image before training and evaluation from its features, done once; 0 where none are kept.
    let fixedFlops: Int
    package let memory: MemoryUse
    /// How many numbers learn in each phase after the first.
    let trainableInLaterPhases: [Int]
    /// Layers that learn in no phase.
    let alwaysFrozen: [LayerRow]

    /// Of a network trained with such settings on so many images, validated on others, and tested.
    ///
    /// - Parameter laterPhases: the network as the phases after the first train it.
    init(
        name: String, _ network: Network, laterPhases: [Network] = [], _ settings: TrainingSettings, images: Int,
        validated: Int, tested: Int, data: DataFootprint
    ) throws {
        self.name = name
        inputShape = network.input
        rows = network.training.rows
        training = network.training
        forwardFlops = network.inference.forwardFlops

        let uses = try ([network] + laterPhases).enumerated().map { phase, network in
            try MemoryUse(
                network, settings, phase: phase, images: images, validated: validated, tested: tested, data: data)
        }
        memory = uses.dropFirst().reduce(uses[0]) { $0.together(with: $1) }
        let fixed = network.training.fixed?.graph.flops ?? 0
        let keepsFeatures = uses[0].features > 0
        fixedFlops = keepsFeatures ? fixed : 0
        trainingFlops = network.training.graph.flops + (keepsFeatures ? 0 : fixed)
        trainableInLaterPhases = laterPhases.map(\.parameters.trainable.count)
        let later = Set(laterPhases.flatMap(\.training.rows).filter { !$0.isFrozen }.map(\.name))
        alwaysFrozen = network.training.rows.filter { $0.isFrozen && !later.contains($0.name) }
    }

    /// Of a config; known data sets need not be there.
    package init(_ config: ExperimentConfig, library: DataLibrary) throws {
        let outline = try DataOutline(config.dataset, library: library)
        try self.init(config, config.network(input: outline.imageShape, classes: outline.classes), outline)
    }

    /// The same of a config that is to be trained: refuses what has not classes enough for the data, or needs more memory than
    /// was given.
    package init(training config: ExperimentConfig, library: DataLibrary) throws {
        let outline = try DataOutline(config.dataset, library: library)
        try self.init(config, config.network(input: outline.imageShape, classes: outline.classes), outline)
        try checkMemory(batch: config.training.batchSize)
    }

    init(_ config: ExperimentConfig, _ network: Network, _ outline: DataOutline) throws {
        try self.init(
            name: config.name, network, laterPhases: config.laterPhases(input: network.input), config.training,
            images: outline.learned, validated: outline.validation, tested: outline.test, data: outline.footprint)
    }

    /// Parts of a batch that may run at the same time in training.
    func shards(batch: Int) throws(ProgramError) -> Int { try training.plan(batch: batch).partition.shards }

    private var all: [Parameter] { rows.flatMap(\.parameters) }
    /// How many numbers the model learns or keeps.
    package var parameterCount: Int { all.reduce(0) { $0 + $1.shape.count } }
    /// How many of them an optimizer changes.
    package var trainableCount: Int { all.filter(\.isTrainable).reduce(0) { $0 + $1.shape.count } }

    /// As `summary.json` holds it.
    package var json: JSON { json(expanded: false) }

    /// The same, with the layers of applications or without.
    package func json(expanded: Bool) -> JSON {
        var json = plainJSON(expanded: expanded)
        if !trainableInLaterPhases.isEmpty {
            json["parameters"]?["trainable_in_phases"] = JSON([trainableCount] + trainableInLaterPhases)
        }
        if memory.features > 0 {
            json["memory_bytes"]?["features"] = JSON(memory.features)
        }
        if fixedFlops > 0 { json["flops_per_image"]?["features"] = JSON(fixedFlops) }
        return json
    }

    private func plainJSON(expanded: Bool) -> JSON {
        [
            "name": JSON(name),
            "input_shape": JSON(inputShape.dimensions),
            "layers": JSON(
                .array(
                    rows(expanded: expanded).map { row, parameters in
                        var json: JSON = [
                            "name": JSON(row.name), "type": JSON(row.type),
                            "output_shape": JSON(row.outputShape.dimensions),
                            "parameters": JSON(parameters),
                        ]
                        if !row.readsTheRowBefore { json["inputs"] = JSON(.array(row.inputs.map { JSON($0) })) }
                        return json
                    })),
            "parameters": [
                "total": JSON(parameterCount), "trainable": JSON(trainableCount),
                "non_trainable": JSON(parameterCount - trainableCount),
            ],
            "memory_bytes": [
                "parameters": JSON(memory.parameters), "gradients": JSON(memory.gradients),
                "optimizer": JSON(memory.optimizer), "activations": JSON(memory.activations),
                "training_peak": JSON(memory.trainingPeak), "inference_peak": JSON(memory.inferencePeak),
                "data": JSON(memory.data), "saving": JSON(memory.saving), "results": JSON(memory.results),
                "process_peak": JSON(memory.processPeak), "evaluation_peak": JSON(memory.evaluationPeak),
            ],
            "flops_per_image": ["forward": JSON(forwardFlops), "training": JSON(trainingFlops)],
        ]
    }

    /// As `summary.txt` holds it: the table, then memory and operations.
    package func text(width: Int? = nil, expanded: Bool = false) -> String {
        func line(_ label: String, _ value: String) -> String { padded(label, to: 24) + value }
        let phases = trainableInLaterPhases.enumerated().map { index, count in
            "\n" + line("  trainable, phase \(index + 2)", grouped(count))
        }.joined()
        let features =
            memory.features == 0
            ? ""
            : line("  kept features", byteSize(memory.features) + (memory.keepsFeaturesInFile ? " (in a file)" : ""))
                + "\n"
        let once = fixedFlops == 0 ? "" : line("  features, once", scaled(Double(fixedFlops), unit: "FLOP")) + "\n"
        return """
            Model \(displayable(name))

            \(table(expanded: expanded).text(width: width))
            \(line("Parameters", "\(grouped(parameterCount)) (\(byteSize(memory.parameters)))"))
            \(line("  trainable", grouped(trainableCount)))
            \(line("  not trainable", grouped(parameterCount - trainableCount)))\(phases)

            Memory
            \(line("  parameters", byteSize(memory.parameters)))
            \(line("  gradients", byteSize(memory.gradients)))
            \(line("  optimizer", byteSize(memory.optimizer)))
            \(line("  activations", byteSize(memory.activations)))
            \(features)\(line("  training peak", byteSize(memory.trainingPeak)))
            \(line("  inference peak", byteSize(memory.inferencePeak)))
            \(line("  images", byteSize(memory.data)))
            \(line("  copies for files", byteSize(memory.saving)))
            \(line("  results", byteSize(memory.results)))
            \(line("  whole process", byteSize(memory.processPeak)))

            Operations per image
            \(line("  forward", scaled(Double(forwardFlops), unit: "FLOP")))
            \(once)\(line("  training", scaled(Double(trainingFlops), unit: "FLOP")))

            """
    }
}
