import Layers
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
    /// Everything while training, batches and evaluation between epochs included; features only if they are kept in memory.
    package let trainingPeak: Int
    /// Everything while evaluating.
    package let inferencePeak: Int
    /// Whether features go to a file, because memory should be left for others.
    package let keepsFeaturesInFile: Bool
}

extension MemoryUse {
    /// Of a network as a phase trains it, on so many images, validated on others, and tested.
    init(
        _ network: Network, _ settings: TrainingSettings, phase: Int, images: Int, validated: Int, tested: Int
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
        parameters = stride * (network.parameters.trainable.count + network.parameters.state.count)
        gradients = stride * network.parameters.gradients.count
        optimizer = stride * (plan.slotFloats + plan.scratchFloats)
        activations = try arena(.training)
        let inference = try arena(.inference)
        let batch = min(settings.batchSize, images)
        let mixtures = settings.mixup == nil ? 0 : stride * batch * (network.input.count + 3)
        let evaluationBuffers = buffers(.inference, min(Evaluation.batchSize, max(validated, tested)))
        features = stride * network.keptFeatures(epochs: course.epochs, images: images, validated: validated)
        let peak =
            parameters + gradients + optimizer + max(activations, inference) + buffers(.training, batch) + mixtures
            + evaluationBuffers
        keepsFeaturesInFile = features > 0 && peak + features > FloatMemory.machineBytes / 4 * 3
        trainingPeak = peak + (keepsFeaturesInFile ? 0 : features)
        inferencePeak = parameters + inference + evaluationBuffers
    }

    /// The most that two phases of one training take.
    func together(with other: MemoryUse) -> MemoryUse {
        MemoryUse(
            parameters: max(parameters, other.parameters), gradients: max(gradients, other.gradients),
            optimizer: max(optimizer, other.optimizer), activations: max(activations, other.activations),
            features: max(features, other.features), trainingPeak: max(trainingPeak, other.trainingPeak),
            inferencePeak: max(inferencePeak, other.inferencePeak),
            keepsFeaturesInFile: keepsFeaturesInFile || other.keepsFeaturesInFile)
    }
}
