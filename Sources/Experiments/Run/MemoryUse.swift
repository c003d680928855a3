import Layers
import Machine
import Optimizers
import Tensors
import Training

/// Bytes that a training takes, by purpose; peaks are sums of what exists at the same time.
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
    /// Everything that the model takes while training, batches and evaluation between epochs included; features only if they
    /// are kept in memory.
    package let trainingPeak: Int
    /// Everything that the model takes while evaluating.
    package let inferencePeak: Int
    /// Whether features go to a file, because memory should be left for others.
    package let keepsFeaturesInFile: Bool
    /// Images, labels, and the order in which they come.
    package let data: Int
    /// The most while images are read.
    let loading: Int
    /// Copies of weights: those that callbacks keep, and those of which files are written.
    package let saving: Int
    /// What is found out about the test images, and the documents made of it.
    package let results: Int
}

extension MemoryUse {
    /// Of a network as a phase trains it, on so many images, validated on others, and tested.
    init(
        _ network: Network, _ settings: TrainingSettings, phase: Int, images: Int, validated: Int, tested: Int,
        data: DataFootprint, given: Grant = Given.toThisProcess.memory
    ) throws {
        let course = settings.courses[phase]
        let stride = MemoryLayout<Float>.stride
        let trainable = network.parameters.all.filter(\.isTrainable)
        let plan = UpdatePlan(
            course.optimizer ?? settings.optimizer, variables: trainable.map { network.parameters.range(of: $0) })
        let programs = Trainer.programs(
            batchSize: settings.batchSize, images: images, evaluated: [validated, tested])
        func arena(_ mode: Network.Mode) throws -> Int {
            try programs.filter { $0.mode == mode }.map { try network.arenaBytes($0.mode, batch: $0.batch) }.max() ?? 0
        }
        func buffers(_ mode: Network.Mode, _ batch: Int) -> Int {
            stride * batch * (network.input.count + 1 + (network.recording(mode).fixed?.floats ?? 0))
        }
        parameters = stride * (network.parameters.trainable.count + network.parameters.nonTrainable.count)
        gradients = stride * network.parameters.gradients.count
        optimizer = stride * (plan.slotFloats + plan.scratchFloats)
        activations = try arena(.training)
        let inference = try arena(.inference)
        let batch = min(settings.batchSize, images)
        let evaluated = max(Evaluation.batchSize(for: validated), Evaluation.batchSize(for: tested))
        let mixtures = settings.mixup == nil ? 0 : stride * batch * (network.input.count + 3)
        let evaluationBuffers = buffers(.inference, evaluated)
        features = stride * network.keptFeatures(epochs: course.epochs, images: images, validated: validated)
        let peak =
            parameters + gradients + optimizer + max(activations, inference) + buffers(.training, batch) + mixtures
            + evaluationBuffers
        keepsFeaturesInFile = features > 0 && peak + features > given.amount / 4 * 3
        trainingPeak = peak + (keepsFeaturesInFile ? 0 : features)
        inferencePeak = parameters + inference + evaluationBuffers

        self.data = data.held
        loading = data.loading
        // A file's tensors are copies, and so are the bytes of the whole file.
        let kept = parameters * settings.callbacks.count(where: \.keepsWeights)
        saving = kept + 2 * (parameters + optimizer + kept)
        results =
            ClassReport.bytes(classes: network.classes) + Self.bytesOfAVerdict * max(validated, tested)
            + stride * evaluated * network.classes
    }

    /// What is known of an image after its evaluation.
    private static let bytesOfAVerdict = 96

    /// The program itself and its libraries, as measured.
    package static let program = 40 << 20

    /// Everything that the process takes for a training.
    package var processPeak: Int {
        Self.program + max(loading, data + trainingPeak + max(saving, results))
    }

    /// Everything that the process takes to read the model and evaluate it.
    package var evaluationPeak: Int {
        Self.program + max(loading, data + max(inferencePeak + results, Self.readingCopies * parameters))
    }

    /// A model's parameters, while they are read from a file: as its bytes, as its tensors, and as floats, twice.
    static let readingCopies = 4

    /// The most that two phases of one training take.
    func together(with other: MemoryUse) -> MemoryUse {
        func most(_ purpose: KeyPath<MemoryUse, Int>) -> Int { max(self[keyPath: purpose], other[keyPath: purpose]) }
        return MemoryUse(
            parameters: most(\.parameters), gradients: most(\.gradients), optimizer: most(\.optimizer),
            activations: most(\.activations), features: most(\.features), trainingPeak: most(\.trainingPeak),
            inferencePeak: most(\.inferencePeak),
            keepsFeaturesInFile: keepsFeaturesInFile || other.keepsFeaturesInFile, data: most(\.data),
            loading: most(\.loading), saving: most(\.saving), results: most(\.results))
    }
}
