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
    let trainingFlops: Int
    /// Operations on each image before training and evaluation from its features, done once.
    let fixedFlops: Int
    let memory: MemoryUse

    /// Bytes by purpose; peaks are sums of what exists at the same time.
    package struct MemoryUse: Sendable, Equatable {
        /// Weights and moving statistics.
        package let parameters: Int
        /// One for each trainable parameter.
        package let gradients: Int
        /// What the optimizer remembers of each.
        package let optimizer: Int
        /// The planned arena of a training step.
        package let activations: Int
        /// What frozen layers make of each image, kept from the first epoch on.
        package let features: Int
        /// Everything while training, batches and evaluation between epochs included; features only if they are kept in memory.
        package let trainingPeak: Int
        /// Everything while evaluating.
        package let inferencePeak: Int
        /// Whether features go to a file, because memory should be left for others.
        package let keepsFeaturesInFile: Bool
    }

    /// Of a network trained with such settings on so many images, validated on others, and tested.
    package init(
        name: String, _ network: Network, _ settings: TrainingSettings, images: Int, validated: Int, tested: Int
    ) throws {
        self.name = name
        inputShape = network.input
        rows = network.training.rows
        training = network.training
        forwardFlops = network.inference.forwardFlops
        trainingFlops = network.training.graph.flops
        fixedFlops = network.training.fixed?.graph.flops ?? 0

        let stride = MemoryLayout<Float>.stride
        let trainable = network.parameters.all.filter(\.isTrainable)
        let plan = UpdatePlan(settings.optimizer, variables: trainable.map { network.parameters.range(of: $0) })
        let parameters = stride * (network.parameters.trainable.count + network.parameters.state.count)
        let gradients = stride * network.parameters.gradients.count
        let slots = stride * (plan.slotFloats + plan.scratchFloats)
        let programs = Trainer.programs(
            batchSize: settings.batchSize, images: images, evaluated: [validated, tested])
        func arena(_ mode: Network.Mode) throws -> Int {
            try programs.filter { $0.mode == mode }.map { try network.arenaBytes($0.mode, batch: $0.batch) }.max() ?? 0
        }
        func buffers(_ mode: Network.Mode, _ batch: Int) -> Int {
            stride * batch * (network.input.count + 1 + (network.recording(mode).fixed?.floats ?? 0))
        }
        let training = try arena(.training)
        let inference = try arena(.inference)
        let trainingBuffers = buffers(.training, min(settings.batchSize, images))
        let evaluationBuffers = buffers(.inference, min(Evaluation.batchSize, max(validated, tested)))
        let features = stride * network.keptFeatures(epochs: settings.epochs, images: images, validated: validated)
        let peak =
            parameters + gradients + slots + max(training, inference) + trainingBuffers + evaluationBuffers
        let isLarge = features > 0 && peak + features > FloatMemory.machineBytes / 4 * 3
        memory = MemoryUse(
            parameters: parameters, gradients: gradients, optimizer: slots, activations: training, features: features,
            trainingPeak: peak + (isLarge ? 0 : features), inferencePeak: parameters + inference + evaluationBuffers,
            keepsFeaturesInFile: isLarge)
    }

    /// Of a config; known data sets need not be there.
    package init(_ config: ExperimentConfig, library: DataLibrary) throws {
        let outline = try DataOutline(config.dataset, library: library)
        try self.init(config, config.network(input: outline.imageShape), outline)
    }

    /// The same of a config that is to be trained: refuses what has not classes enough for the data, or needs more memory than
    /// the machine has.
    package init(training config: ExperimentConfig, library: DataLibrary) throws {
        let outline = try DataOutline(config.dataset, library: library)
        try self.init(config, config.network(input: outline.imageShape, classes: outline.classes), outline)
        try checkMemory(batch: config.training.batchSize)
    }

    private init(_ config: ExperimentConfig, _ network: Network, _ outline: DataOutline) throws {
        try self.init(
            name: config.name, network, config.training, images: outline.learned, validated: outline.validation,
            tested: outline.test)
    }

    /// Refuses what needs more memory than the machine has, all purposes together; names the layer with most parameters.
    package func checkMemory(batch: Int) throws(ProgramError) {
        guard memory.trainingPeak > FloatMemory.machineBytes else { return }
        let largest = rows.max { $0.parameterCount < $1.parameterCount }
        throw .memory(
            bytes: memory.trainingPeak, available: FloatMemory.machineBytes, batch: batch, layer: largest?.name ?? "",
            shape: largest?.parameters.first?.shape ?? Shape())
    }

    private var all: [Parameter] { rows.flatMap(\.parameters) }
    /// How many numbers the model learns or keeps.
    package var parameterCount: Int { all.reduce(0) { $0 + $1.shape.count } }
    /// How many of them an optimizer changes.
    package var trainableCount: Int { all.filter(\.isTrainable).reduce(0) { $0 + $1.shape.count } }

    /// As `summary.json` holds it.
    package var json: JSON {
        var json = plainJSON
        if memory.features > 0 {
            json["memory_bytes"]?["features"] = JSON(memory.features)
            json["flops_per_image"]?["features"] = JSON(fixedFlops)
        }
        return json
    }

    private var plainJSON: JSON {
        [
            "name": JSON(name),
            "input_shape": JSON(inputShape.dimensions),
            "layers": JSON(
                .array(
                    rows.map { row in
                        var json: JSON = [
                            "name": JSON(row.name), "type": JSON(row.type),
                            "output_shape": JSON(row.outputShape.dimensions), "parameters": JSON(row.parameterCount),
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
            ],
            "flops_per_image": ["forward": JSON(forwardFlops), "training": JSON(trainingFlops)],
        ]
    }

    /// Keras's table; what layers read is shown only where some read something else than the row before.
    private var table: TextTable {
        let isChain = rows.allSatisfy(\.readsTheRowBefore)
        return TextTable(
            ["Layer (type)", "Output shape", .right("Parameters")] + (isChain ? [] : ["Connected to"]),
            rows: rows.map { row in
                let inputs = row.readsTheRowBefore ? "" : row.inputs.joined(separator: ", ")
                return ["\(row.name) (\(row.type))", row.outputShape.description, grouped(row.parameterCount), inputs]
            })
    }

    /// As `summary.txt` holds it: the table, then memory and operations.
    package func text(width: Int? = nil) -> String {
        func line(_ label: String, _ value: String) -> String { padded(label, to: 24) + value }
        let features =
            memory.features == 0
            ? ""
            : line("  kept features", byteSize(memory.features) + (memory.keepsFeaturesInFile ? " (in a file)" : ""))
                + "\n"
        let once = memory.features == 0 ? "" : line("  features, once", scaled(Double(fixedFlops), unit: "FLOP")) + "\n"
        return """
            Model \(name)

            \(table.text(width: width))
            \(line("Parameters", "\(grouped(parameterCount)) (\(byteSize(memory.parameters)))"))
            \(line("  trainable", grouped(trainableCount)))
            \(line("  not trainable", grouped(parameterCount - trainableCount)))

            Memory
            \(line("  parameters", byteSize(memory.parameters)))
            \(line("  gradients", byteSize(memory.gradients)))
            \(line("  optimizer", byteSize(memory.optimizer)))
            \(line("  activations", byteSize(memory.activations)))
            \(features)\(line("  training peak", byteSize(memory.trainingPeak)))
            \(line("  inference peak", byteSize(memory.inferencePeak)))

            Operations per image
            \(line("  forward", scaled(Double(forwardFlops), unit: "FLOP")))
            \(once)\(line("  training", scaled(Double(trainingFlops), unit: "FLOP")))

            """
    }
}
