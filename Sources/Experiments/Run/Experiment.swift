import Datasets
import Kernels
import Layers
import Schema
import Tensors
import Training

/// A config brought to life: its network, its data, and the trainer between them.
package final class Experiment {
    /// What was asked for.
    package let config: ExperimentConfig
    /// The images.
    package let data: ExperimentData
    /// The model.
    package let network: Network
    /// What it costs.
    package let summary: ModelSummary
    /// The threads.
    package let team: Team
    let trainer: Trainer

    /// How far training has come; nothing can be changed through it.
    package var training: TrainingView { trainer.view }

    /// Loads data, builds the network with its initial weights, and takes the memory; nothing is trained yet.
    package convenience init(_ config: ExperimentConfig, library: DataLibrary, threads: Int) throws {
        try self.init(
            config, data: ExperimentData(config.dataset, seed: config.seed, library: library), threads: threads)
    }

    /// The same with data that are loaded already.
    package init(_ config: ExperimentConfig, data: ExperimentData, threads: Int) throws {
        self.config = config
        self.data = data
        team = Team(threads: threads)
        network = try Network(config.model.layers, input: data.imageShape, loss: config.training.loss)
        summary = try ModelSummary(config, network, data)
        // Before any of the memory is touched.
        try summary.checkMemory(batch: config.training.batchSize)
        network.parameters.initialize(seed: UInt64(config.seed))
        if let path = config.model.initialWeights { try network.loadWeights(from: path) }
        trainer = try Trainer(
            network,
            TrainerSettings(
                epochs: config.training.epochs, batchSize: config.training.batchSize,
                shuffle: config.training.shuffle, optimizer: config.training.optimizer,
                callbacks: config.training.callbacks, seed: UInt64(config.seed)),
            data: data.training, images: data.learned, validation: data.validation, testCount: data.test.count,
            team: team)
    }

    /// Trains until there is nothing left to do, or until asked to pause.
    package func train(
        observers: [any TrainingObserver], shouldPause: () -> Bool
    ) throws -> TrainingOutcome {
        try trainer.run(observers: observers, shouldPause: shouldPause)
    }

    /// Judges the model as it is now on the test images.
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
    /// The shape that the model's first layer sees.
    var imageShape: Shape { Shape(training.height, training.width, training.channels) }
}

extension ModelSummary {
    /// Of an experiment's network.
    init(_ config: ExperimentConfig, _ network: Network, _ data: ExperimentData) throws {
        try self.init(
            name: config.name, network, optimizer: config.training.optimizer, batchSize: config.training.batchSize,
            images: data.learned.count, evaluated: [data.validation?.images.count ?? 0, data.test.count])
    }
}
