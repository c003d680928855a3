import Datasets
import Kernels
import Layers
import Schema
import Tensors
import Training

/// A config in memory, ready to train: its network, its data, and the trainer that connects them.
package final class Experiment {
    package let config: ExperimentConfig
    package let data: ExperimentData
    package let network: Network
    package let summary: ModelSummary
    package let team: Team
    /// What the model took from files of weights, and what not, where that is allowed.
    package let remarks: Problems
    let trainer: Trainer

    /// A read-only view of the trainer.
    package var training: TrainingView { trainer.view }

    /// Loads the data, builds the network with its initial weights, and allocates the memory; trains nothing yet.
    package convenience init(_ config: ExperimentConfig, library: DataLibrary, threads: Int) throws {
        // What is missing, or does not fit the images of a known set, is said before the set is fetched.
        let weights = try config.publishedWeights(library.search)
        var network: Network?
        if config.dataset.path == nil {
            let outline = try DataOutline(config.dataset, library: library)
            network = try config.network(input: outline.imageShape, classes: outline.classes)
        }
        let data = try ExperimentData(config.dataset, seed: config.seed, library: library)
        try self.init(config, network, weights: weights, data: data, threads: threads)
    }

    /// The same with data that have been loaded already, and published weights that have been found.
    package convenience init(
        _ config: ExperimentConfig, weights: [PublishedWeights], data: ExperimentData, threads: Int
    ) throws {
        try self.init(config, nil, weights: weights, data: data, threads: threads)
    }

    private init(
        _ config: ExperimentConfig, _ made: Network?, weights: [PublishedWeights], data: ExperimentData, threads: Int
    ) throws {
        self.config = config
        self.data = data
        team = Team(threads: threads)
        let fitting = made.flatMap { $0.input == data.imageShape ? $0 : nil }
        network = try fitting ?? config.network(input: data.imageShape, classes: data.training.classes)
        summary = try ModelSummary(config, network, data)
        // Before any of the memory is touched.
        try summary.checkMemory(batch: config.training.batchSize)
        network.parameters.initialize(seed: UInt64(config.seed))
        for file in weights { try network.load(file) }
        remarks = try config.loadInitialWeights(into: network)
        trainer = try Trainer(
            network,
            TrainerSettings(
                epochs: config.training.epochs, batchSize: config.training.batchSize,
                shuffle: config.training.shuffle, optimizer: config.training.optimizer,
                callbacks: config.training.callbacks, seed: UInt64(config.seed)),
            data: data.training, images: data.learned, validation: data.validation, testCount: data.test.count,
            team: team)
    }

    /// Trains to the end, or until `shouldPause` returns true.
    package func train(
        observers: [any TrainingObserver], shouldPause: () -> Bool
    ) throws -> TrainingOutcome {
        try trainer.run(observers: observers, shouldPause: shouldPause)
    }

    /// Evaluates the model on the test images, with its current weights.
    package func evaluate() throws -> RunResult {
        let evaluation = try Evaluation(of: network, on: data.test, team: team)
        let classes = ClassReport(
            labels: data.test.labels, predictions: evaluation.predictions, names: data.test.classNames,
            classes: network.classes)
        return RunResult(
            name: config.name, history: trainer.state.history, stopReason: trainer.state.stopReason,
            test: evaluation.score, testCount: data.test.count, classes: classes, expecting: config.expect)
    }
}

extension ExperimentData {
    /// The input shape of the model's first layer.
    var imageShape: Shape { Shape(training.height, training.width, training.channels) }
}

extension ModelSummary {
    init(_ config: ExperimentConfig, _ network: Network, _ data: ExperimentData) throws {
        try self.init(
            name: config.name, network, optimizer: config.training.optimizer, batchSize: config.training.batchSize,
            images: data.learned.count, evaluated: [data.validation?.images.count ?? 0, data.test.count])
    }
}
