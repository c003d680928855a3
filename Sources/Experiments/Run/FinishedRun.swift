import Datasets
import Foundation
import Kernels
import Layers
import Reporting
import Schema
import Tensors

/// A run directory to be read: its config and its model.
package struct FinishedRun: Sendable {
    /// Where it is.
    package let path: String

    /// A directory that holds a model; one of an unfinished run does not.
    package init(at path: String) throws {
        self.path = path
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else { throw FinishedRunError(path, "there is no such run directory") }
        guard manager.fileExists(atPath: file(.config)) else {
            throw FinishedRunError(path, "this is not a run directory: it has no \(RunFile.config.rawValue)")
        }
        guard manager.fileExists(atPath: file(.model)) else {
            throw FinishedRunError(
                path, "this run is not finished: it has no \(RunFile.model.rawValue); continue it with train --resume")
        }
    }

    private func file(_ file: RunFile) -> String { "\(path)/\(file.rawValue)" }

    /// The resolved config.
    package var configPath: String { file(.config) }

    /// The experiment with the run's weights.
    package func experiment(_ config: ExperimentConfig, library: DataLibrary, threads: Int) throws -> Experiment {
        var config = config
        config.model.initialWeights = file(.model)
        // Nothing is trained, so there is nothing to expect of epochs.
        config.expect.bounds.removeAll { $0.metric.needsEpoch }
        return try Experiment(config, library: library, threads: threads)
    }

    /// The run's model without its data, which need not be there.
    package func predictor(_ config: ExperimentConfig, library: DataLibrary, threads: Int) throws -> Predictor {
        // Runs whose summary does not tell the shape are of known sets, or their data must be looked at.
        let input = try recordedInput ?? DataOutline(config.dataset, library: library).imageShape
        let network = try Network(config.model.layers, input: input, loss: config.training.loss)
        try network.loadWeights(from: file(.model))
        let names = config.dataset.name.flatMap { KnownDataset.named($0.rawValue) }?.classNames
        return Predictor(network, classNames: names ?? [], team: Team(threads: threads))
    }

    /// The shape of the images that the model was made for, as its summary has it.
    private var recordedInput: Shape? {
        guard let json = try? JSON(parsing: readFile(file(.summary))), let lengths = json["input_shape"]?.elements
        else { return nil }
        let sizes = lengths.compactMap { length in
            if case .integer(let size) = length.content, size > 0 { size } else { nil }
        }
        return sizes.count == 3 && lengths.count == 3 ? Shape(sizes) : nil
    }
}

/// Why a folder is no run to be read.
package struct FinishedRunError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    /// One line: folder, reason.
    package var description: String { "\(path): \(reason)" }
}
