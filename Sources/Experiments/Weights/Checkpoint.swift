import Datasets
import Exchange
import Reporting
import Schema
import Tensors
import Training

/// Why a run cannot be resumed from a checkpoint.
package struct CheckpointError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    /// One line: file, reason, remedy.
    package var description: String {
        "\(path): \(reason); remove the file to train from the beginning, or choose another --out"
    }
}

/// The value of `format` in a checkpoint's metadata. The number grows whenever older files can no longer be read.
enum CheckpointFormat {
    static let prefix = "mnist-lab checkpoint "
    static let current = prefix + "2"
}

extension Safetensors {
    /// Everything needed to resume. Written sealed, so that a flipped bit is noticed.
    ///
    /// Numbers are stored bit by bit. The metadata hold the config and digests of config and data, so that no run continues
    /// with another run's weights or on other images, and each callback's memory as JSON.
    init(checkpointOf training: TrainingView, config: JSON, data: ExperimentData) throws {
        self.init()
        for parameter in training.parameters {
            add("model/\(parameter.name)", shape: parameter.shape.dimensions, training.values(of: parameter))
        }
        let (slots, progress) = (training.slotValues, training.optimizerProgress)
        add("optimizer/slots", shape: [slots.count], slots)
        add("optimizer/steps", [progress.steps])
        if progress.gathered > 0 { add("optimizer/gathered", [progress.gathered]) }
        add("optimizer/momentum_product", [Double(progress.momentumProduct)])

        let state = training.state
        add("training/position", [state.epoch, state.step, state.correct, state.images])
        add("training/phase", [state.phase, state.firstEpoch])
        add("training/loss_sum", [state.lossSum])
        add("training/learning_rate", state.learningRate.map { [$0] } ?? [])
        add("training/history", state.history.flatMap(\.numbers))
        metadata = [
            ("format", CheckpointFormat.current),
            ("config", SHA256.hex(of: Array(config.compact.utf8))),
            ("experiment", config.compact),
            ("data", data.digest),
            ("stop_reason", state.stopReason ?? ""),
            ("earlier_stop_reason", state.earlierStopReason ?? ""),
        ]
        try addMemories(of: state.callbacks)
    }
}

extension EpochRecord {
    static let numberCount = 6

    fileprivate var numbers: [Double] {
        let validated: [Double] = validation.map { [1, $0.loss, $0.accuracy] } ?? [0, 0, 0]
        return [loss, accuracy, learningRate] + validated
    }

    init(epoch: Int, numbers: [Double]) {
        let validation = numbers[3] == 0 ? nil : Score(loss: numbers[4], accuracy: numbers[5])
        self.init(
            epoch: epoch, loss: numbers[0], accuracy: numbers[1], learningRate: numbers[2], validation: validation)
    }
}

extension ExperimentData {
    /// One digest over the checksums of all files.
    var digest: String {
        let lines = fingerprints.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
        return SHA256.hex(of: Array(lines.joined().utf8))
    }
}
