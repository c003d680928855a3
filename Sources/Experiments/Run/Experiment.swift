import Analysis
import Datasets
import Kernels
import Layers
import Schema
import Tensors
import Training

/// A config in memory, ready to train: its network, its data, and the trainer that connects them.
package final class Experiment {
    package private(set) var config: ExperimentConfig
    package let data: ExperimentData
    /// As the current phase trains it.
    package private(set) var network: Network
    package let summary: ModelSummary
    package let team: Team
    /// What the model took from files of weights, and what not, where that is allowed.
    package let remarks: Problems
    /// Of the current phase.
    private(set) var trainer: Trainer
    /// Where a file may hold what frozen layers make of the images, if it is too much for memory.
    private var featureFolder: String?

    /// A read-only view of the trainer.
    package var training: TrainingView { trainer.view }

    /// Loads the data, builds the network with its initial weights, and allocates the memory; trains nothing yet.
    ///
    /// - Parameter task: what memory must be enough for.
    package convenience init(
        _ config: ExperimentConfig, library: DataLibrary, threads: Int, for task: MemoryRefusal.Task = .training
    ) throws {
        // What is missing, or does not fit the images of a known set, or not into memory, is said before the set is fetched.
        let weights = try config.publishedWeights(library.search)
        var network: Network?
        if config.dataset.path == nil {
            let outline = try DataOutline(config.dataset, library: library)
            let made = try config.network(
                input: outline.imageShape, classes: outline.classes, phase: Self.phase(of: config, for: task))
            try ModelSummary(config, made, outline).checkMemory(for: task, batch: config.training.batchSize)
            network = made
        }
        let data = try ExperimentData(config.dataset, seed: config.seed, library: library)
        try self.init(config, network, weights: weights, data: data, threads: threads, for: task)
    }

    /// The same with data that have been loaded already, and published weights that have been found.
    package convenience init(
        _ config: ExperimentConfig, weights: [PublishedWeights], data: ExperimentData, threads: Int
    ) throws {
        try self.init(config, nil, weights: weights, data: data, threads: threads, for: .training)
    }

    private init(
        _ config: ExperimentConfig, _ made: Network?, weights: [PublishedWeights], data: ExperimentData, threads: Int,
        for task: MemoryRefusal.Task
    ) throws {
        self.config = config
        self.config.expect = try config.expect.readingBaselines()
        self.data = data
        team = Team(threads: threads)
        let fitting = made.flatMap { $0.input == data.imageShape ? $0 : nil }
        let phase = Self.phase(of: config, for: task)
        network = try fitting ?? config.network(input: data.imageShape, classes: data.training.classes, phase: phase)
        summary = try ModelSummary(config, network, data)
        // Before any of the memory is touched.
        try summary.checkMemory(for: task, batch: config.training.batchSize)
        network.parameters.initialize(seed: UInt64(config.seed))
        for file in weights { try network.load(file) }
        remarks = try config.loadInitialWeights(into: network)
        trainer = try Self.trainer(config, phase: phase, of: network, data: data, summary: summary, team: team)
    }

    /// A finished run is judged as its last phase left it: penalties are those of the layers that learned then.
    private static func phase(of config: ExperimentConfig, for task: MemoryRefusal.Task) -> Int {
        task == .evaluation ? config.training.courses.count - 1 : 0
    }

    private static func trainer(
        _ config: ExperimentConfig, phase: Int, after earlier: TrainingState? = nil, of network: Network,
        data: ExperimentData, summary: ModelSummary, folder: String? = nil, team: Team
    ) throws -> Trainer {
        let training = config.training
        var settings = TrainerSettings(
            epochs: training.courses[phase].epochs, batchSize: training.batchSize, shuffle: training.shuffle,
            optimizer: training.courses[phase].optimizer ?? training.optimizer, callbacks: training.callbacks,
            seed: UInt64(config.seed), mixup: training.mixup,
            features: !summary.memory.keepsFeaturesInFile ? .inMemory : folder.map { .inFile(folder: $0) } ?? .none)
        settings.epochsBefore = training.courses[..<phase].reduce(0) { $0 + $1.epochs }
        return try Trainer(
            network, settings, data: data.training, images: data.learned, validation: data.validation,
            testCount: data.test.count, after: earlier, team: team)
    }

    /// Says where a file may hold what frozen layers make of the images; to be called before training.
    func keepFeatures(inFileIn folder: String) {
        featureFolder = folder
        if summary.memory.keepsFeaturesInFile { trainer.keepFeatures(.inFile(folder: folder)) }
    }

    /// Goes on to a phase: with the network's weights, and an optimizer and callbacks that remember nothing.
    func begin(phase: Int, after earlier: TrainingState) throws {
        let next = try config.network(input: network.input, classes: network.classes, phase: phase)
        for (old, new) in zip(network.parameters.all, next.parameters.all) {
            next.parameters.set(new, to: network.parameters.values(of: old))
        }
        network = next
        trainer = try Self.trainer(
            config, phase: phase, after: earlier, of: next, data: data, summary: summary, folder: featureFolder,
            team: team)
    }

    /// Trains to the end of the last phase, or until `shouldPause` returns true.
    package func train(
        observers: [any TrainingObserver], shouldPause: () -> Bool
    ) throws -> TrainingOutcome {
        while true {
            let outcome = try trainer.run(observers: observers, shouldPause: shouldPause)
            let next = trainer.state.phase + 1
            guard outcome.isEnd, next < config.training.courses.count else { return outcome }
            try begin(phase: next, after: trainer.state)
            let progress = PhaseProgress(
                phase: next, of: config.training.courses.count, trainable: network.parameters.trainable.count)
            for observer in observers { try observer.receive(.phaseBegan(progress), from: trainer.view) }
        }
    }

    /// Evaluates the model on the test images, with its current weights.
    ///
    /// Expectations about epochs of which this process trained none are judged by what `training` says of them.
    package func evaluate(after training: [Metric: Double] = [:]) throws -> RunResult {
        let evaluation = try Evaluation(of: network, on: data.test, team: team)
        let classes = ClassReport(
            labels: data.test.labels, predictions: evaluation.predictions, names: data.test.classNames,
            classes: network.classes)
        return RunResult(
            name: config.name, history: trainer.state.history,
            stopReason: trainer.state.stopReason ?? trainer.state.earlierStopReason,
            test: evaluation.score, testCount: data.test.count, classes: classes,
            verdicts: Verdicts(evaluation, of: data.test),
            expecting: config.expect, after: training)
    }
}

extension TrainingOutcome {
    /// Whether nothing is left to do, and not interrupted or impossible.
    var isEnd: Bool {
        switch self {
        case .completed, .stopped: true
        case .diverged, .interrupted: false
        }
    }
}

extension ExperimentData {
    /// The input shape of the model's first layer.
    var imageShape: Shape { Shape(training.height, training.width, training.channels) }
}

extension ModelSummary {
    init(_ config: ExperimentConfig, _ network: Network, _ data: ExperimentData) throws {
        try self.init(
            name: config.name, network, laterPhases: config.laterPhases(input: network.input), config.training,
            images: data.learned.count,
            validated: data.validation?.images.count ?? 0, tested: data.test.count, data: data.footprint)
    }
}
