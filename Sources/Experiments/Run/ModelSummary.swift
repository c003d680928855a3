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
        /// Everything while training, batches and evaluation between epochs included.
        package let trainingPeak: Int
        /// Everything while evaluating.
        package let inferencePeak: Int
    }

    /// Of a network trained with such settings on so many images and evaluated on others.
    package init(
        name: String, _ network: Network, optimizer: any Optimizer, batchSize: Int, images: Int, evaluated: [Int]
    ) throws {
        self.name = name
        inputShape = network.input
        rows = network.training.rows
        training = network.training
        forwardFlops = network.inference.forwardFlops
        trainingFlops = network.training.graph.flops

        let stride = MemoryLayout<Float>.stride
        let trainable = network.parameters.all.filter(\.isTrainable)
        let plan = UpdatePlan(optimizer, variables: trainable.map { network.parameters.range(of: $0) })
        let parameters = stride * (network.parameters.trainable.count + network.parameters.state.count)
        let gradients = stride * network.parameters.gradients.count
        let slots = stride * (plan.slotFloats + plan.scratchFloats)
        let programs = Trainer.programs(batchSize: batchSize, images: images, evaluated: evaluated)
        func arena(_ mode: Network.Mode) throws -> Int {
            try programs.filter { $0.mode == mode }.map { try network.plan($0.mode, batch: $0.batch).bytes }.max() ?? 0
        }
        func buffers(_ batch: Int) -> Int { stride * batch * (network.input.count + 1) }
        let training = try arena(.training)
        let inference = try arena(.inference)
        let trainingBuffers = buffers(min(batchSize, images))
        let evaluationBuffers = buffers(min(Evaluation.batchSize, evaluated.max() ?? 0))
        memory = MemoryUse(
            parameters: parameters, gradients: gradients, optimizer: slots, activations: training,
            trainingPeak: parameters + gradients + slots + max(training, inference) + trainingBuffers
                + evaluationBuffers,
            inferencePeak: parameters + inference + evaluationBuffers)
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
            name: config.name, network, optimizer: config.training.optimizer, batchSize: config.training.batchSize,
            images: outline.learned, evaluated: [outline.validation, outline.test])
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
    package var json: JSON { json(expanded: false) }

    /// The same, with the layers of applications or without.
    package func json(expanded: Bool) -> JSON {
        [
            "name": JSON(name),
            "input_shape": JSON(inputShape.dimensions),
            "layers": JSON(
                .array(
                    rows(expanded: expanded).map { row in
                        var json: JSON = [
                            "name": JSON(row.name), "type": JSON(row.type),
                            "output_shape": JSON(row.outputShape.dimensions),
                            "parameters": JSON(parameterCount(of: row)),
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

    /// As `summary.txt` holds it: the table, then memory and operations.
    package func text(width: Int? = nil, expanded: Bool = false) -> String {
        func line(_ label: String, _ value: String) -> String { padded(label, to: 24) + value }
        return """
            Model \(name)

            \(table(expanded: expanded).text(width: width))
            \(line("Parameters", "\(grouped(parameterCount)) (\(byteSize(memory.parameters)))"))
            \(line("  trainable", grouped(trainableCount)))
            \(line("  not trainable", grouped(parameterCount - trainableCount)))

            Memory
            \(line("  parameters", byteSize(memory.parameters)))
            \(line("  gradients", byteSize(memory.gradients)))
            \(line("  optimizer", byteSize(memory.optimizer)))
            \(line("  activations", byteSize(memory.activations)))
            \(line("  training peak", byteSize(memory.trainingPeak)))
            \(line("  inference peak", byteSize(memory.inferencePeak)))

            Operations per image
            \(line("  forward", scaled(Double(forwardFlops), unit: "FLOP")))
            \(line("  training", scaled(Double(trainingFlops), unit: "FLOP")))

            """
    }
}
