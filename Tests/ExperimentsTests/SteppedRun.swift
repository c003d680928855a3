import Datasets
import Experiments
import Machine
import Schema
import Testing
import Training

/// A small experiment with everything that a checkpoint must remember: dropout, moving statistics, an optimizer with memory,
/// callbacks that wait, lower the rate and keep weights.
enum SteppedRun {
    static let description: JSON = [
        "name": "resumed",
        "dataset": [
            "name": "synthetic-digits", "train_limit": 500, "test_limit": 100,
            "validation": ["fraction": 0.2, "from": "stratified"],
        ],
        "model": [
            "layers": [
                ["type": "Conv2D", "filters": 4, "kernel_size": 3, "strides": 2, "activation": "relu"],
                ["type": "BatchNormalization"], ["type": "Flatten"], ["type": "Dropout", "rate": 0.3],
                ["type": "Dense", "units": 10, "activation": "softmax"],
            ]
        ],
        "training": [
            "epochs": 5, "batch_size": 32, "optimizer": ["type": "Nadam"], "checkpoint_every": 3,
            "callbacks": [
                ["type": "EarlyStopping", "patience": 3, "restore_best_weights": true],
                ["type": "ReduceLROnPlateau", "patience": 0, "factor": 0.5, "min_delta": 0.5],
            ],
        ],
        "seed": 4, "expect": ["test_accuracy": ["min": 0.2]],
    ]

    static func start(
        _ description: JSON = description, in path: String, threads: Int = 1,
        outputs: [any RunOutput.Type] = RunOutputs.all, keepsCheckpoint: Bool = false
    ) throws -> TrainingRun {
        let config = try ExperimentConfig(from: description)
        let experiment = try Experiment(config, library: DataLibrary(fetch: nil), threads: threads)
        let directory = try RunDirectory(path: path, resuming: true)
        return try TrainingRun(
            experiment, resolved: config.json, in: directory,
            provenance: Provenance(
                version: "test", command: [], threads: Grant(threads, by: .machine), data: experiment.data),
            outputs: outputs, keepsCheckpoint: keepsCheckpoint)
    }

    @discardableResult
    static func step(
        _ config: JSON = description, in path: String, threads: Int = 1, pausingAfter steps: Int
    ) throws -> TrainingOutcome {
        let run = try start(config, in: path, threads: threads)
        var asked = 0
        return try run.train(observers: []) {
            asked += 1
            return asked >= steps
        }
    }

    static func finish(
        _ config: JSON = description, in path: String, threads: Int, pausingAfter pauses: [Int]
    ) throws -> RunDirectory {
        for steps in pauses { try step(config, in: path, threads: threads, pausingAfter: steps) }
        let run = try start(config, in: path, threads: threads)
        let outcome = try run.train(observers: []) { false }
        #expect(outcome != .interrupted)
        _ = try run.finish()
        return run.directory
    }
}
