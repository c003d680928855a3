import Datasets
import Foundation
import Kernels
import Layers
import Reporting
import Schema
import Tensors

/// The directory of a finished run, opened for reading.
package struct FinishedRun: Sendable {
    package let path: String

    /// Throws for a directory without a model or results, as that of an unfinished run is.
    package init(at path: String) throws {
        self.path = path
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else { throw FinishedRunError(path, "there is no such run directory") }
        guard manager.fileExists(atPath: file(.config)) else {
            throw FinishedRunError(path, "this is not a run directory: it has no \(RunFile.config.rawValue)")
        }
        guard manager.fileExists(atPath: file(.model)) else {
            if manager.fileExists(atPath: file(.result)) {
                throw DamagedRun(path: path, faults: ["\(file(.model)): this file of the run is missing"])
            }
            throw FinishedRunError(unfinished: path, without: .model)
        }
        // What goes on after it was finished still has the weights of then.
        guard manager.fileExists(atPath: file(.result)) else {
            throw FinishedRunError(unfinished: path, without: .result)
        }
    }

    private func file(_ file: RunFile) -> String { "\(path)/\(file.rawValue)" }

    package var configPath: String { file(.config) }

    /// The experiment with the run's weights.
    package func experiment(_ config: ExperimentConfig, library: DataLibrary, threads: Int) throws -> Experiment {
        var config = config
        config.model.initialWeights = InitialWeights(file(.model))
        return try Experiment(config, library: library, threads: threads, for: .evaluation)
    }

    /// What the run's files say of its training, which an evaluation does not repeat; throws a `DamagedRun` where they cannot be
    /// read.
    package func metrics() throws -> [Metric: Double] {
        let reader = RunReader([path])
        guard reader.errors.isEmpty, let run = reader.runs.first else {
            throw DamagedRun(path: path, faults: reader.errors.map { ($0 as? Problems)?.rendered() ?? "\($0)" })
        }
        return run.metrics
    }

    /// The document of an evaluation: what it found on test images, and of the training what the run's own result says.
    package func json(of evaluation: RunResult) throws -> JSON {
        var json = evaluation.json
        let saved = try readFileIfThere(file(.result)).map { try JSON(parsing: $0) }
        for key in RunResult.trainingKeys { json[key] = saved?[key] ?? JSON(.null) }
        return json
    }

    /// The run's model, for which its data set need not be present.
    package func predictor(_ config: ExperimentConfig, library: DataLibrary, threads: Int) throws -> Predictor {
        let network = try network(config, library: library)
        let names = config.dataset.name.flatMap { KnownDataset.named($0.rawValue) }?.classNames
        return Predictor(network, classNames: names ?? [], team: Team(threads: threads))
    }

    /// The model with the run's weights.
    func network(_ config: ExperimentConfig, library: DataLibrary) throws -> Network {
        // A summary without the shape is an older run's; the shape then follows from the data set.
        let input = try recordedInput ?? DataOutline(config.dataset, library: library).imageShape
        let network = try config.network(input: input, phase: config.training.courses.count - 1)
        try network.loadWeights(from: file(.model))
        return network
    }

    /// The input shape that the run's summary states.
    private var recordedInput: Shape? {
        guard let json = try? JSON(parsing: readFile(file(.summary))), let lengths = json["input_shape"]?.elements
        else { return nil }
        let sizes = lengths.compactMap { length in
            if case .integer(let size) = length.content, size > 0 { size } else { nil }
        }
        return sizes.count == 3 && lengths.count == 3 ? Shape(sizes) : nil
    }
}

/// Why a folder cannot be read as a finished run.
package struct FinishedRunError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Of a run that was stopped or diverged, which its files do not tell.
    fileprivate init(unfinished path: String, without file: RunFile) {
        self.init(
            path,
            "this run is not finished: it has no \(file.rawValue); continue it with train --resume or, if it diverged, "
                + "train it again with a lower learning_rate")
    }

    /// One line: folder, reason.
    package var description: String { "\(path): \(reason)" }
}
