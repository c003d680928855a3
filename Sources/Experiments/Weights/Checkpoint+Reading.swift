import Datasets
import Exchange
import Layers
import Optimizers
import Reporting
import Schema
import Tensors
import Training

extension Experiment {
    /// Restores a checkpoint of the same config and data. What throws is of no use any more: it may be in another phase already.
    func restore(from path: String, config: JSON) throws {
        let reader = try CheckpointReader(at: path)
        try reader.checkOrigin(config: config, data: data)
        let phase = try reader.integers("training/phase", count: 2)[0]
        guard self.config.training.courses.indices.contains(phase) else {
            throw reader.fail("the checkpoint is of a phase that there is not")
        }
        if phase > 0 {
            var earlier = TrainingState()
            earlier.phase = phase - 1
            try begin(phase: phase, after: earlier)
        }
        let parameters = network.parameters
        let values = try parameters.all.map { parameter in
            (parameter, try reader.floats("model/\(parameter.name)", count: parameter.shape.count))
        }
        let slots = try reader.floats("optimizer/slots")
        var progress = OptimizerProgress()
        progress.steps = try reader.integers("optimizer/steps", count: 1)[0]
        // Only between batches that share a step is there such a number.
        if reader.file["optimizer/gathered"] != nil {
            progress.gathered = try reader.integers("optimizer/gathered", count: 1)[0]
        }
        progress.momentumProduct = Float(
            try reader.doubles("optimizer/momentum_product", counts: 1...1, within: 0...1)[0])
        let state = try reader.state(of: trainer.settings.callbacks, weightCount: parameters.count)
        do {
            try trainer.resume(state, progress: progress, slots: slots)
        } catch {
            throw reader.fail("the checkpoint does not fit its config: \(error)")
        }
        for (parameter, floats) in values { parameters.set(parameter, to: floats) }
    }
}

/// Reads a checkpoint file; anything wrong with it is thrown as a `CheckpointError` that names the file.
struct CheckpointReader {
    let path: String
    let file: Safetensors

    init(at path: String) throws {
        self.path = path
        do {
            file = try Safetensors(parsingSealed: readFile(path))
        } catch let error as SafetensorsError {
            throw CheckpointError(path: path, reason: "the checkpoint \(error)")
        }
        let format = file.word("format") ?? ""
        guard format != CheckpointFormat.prefix + "1" else {
            throw fail(
                "the checkpoint was written by mnist-lab 0.1.0, whose format 1 cannot be continued by this version")
        }
        guard format == CheckpointFormat.current else { throw fail("this is not a checkpoint of this version") }
    }

    func fail(_ reason: String) -> CheckpointError { CheckpointError(path: path, reason: reason) }

    func checkOrigin(config: JSON, data: ExperimentData) throws {
        if file.word("config") != SHA256.hex(of: Array(config.compact.utf8)) { try checkConfig(config) }
        guard file.word("data") == data.digest else {
            throw fail("the checkpoint belongs to other data than those in \(data.origin)")
        }
    }

    /// Another name, other expectations and, outside of phases, more epochs do not make it another training.
    private func checkConfig(_ config: JSON) throws {
        // Both as they are read from a file, where a number that is whole has one spelling.
        guard let text = file.word("experiment"), let saved = try? JSON(parsing: Array(text.utf8)),
            let config = try? JSON(parsing: Array(config.compact.utf8))
        else { throw fail("the checkpoint belongs to another config") }
        let isWhole = config["training"]?["phases"]?.elements?.isEmpty ?? true
        let misfit = ConfigMisfit(
            path, was: saved, is: config, canGrow: isWhole,
            remedy: "remove the file to train from the beginning, or choose another --out")
        if let misfit { throw misfit }
    }

    /// The saved state; whether it is possible for this training is left to `Trainer.resume`.
    func state(of callbacks: [any Callback], weightCount: Int) throws -> TrainingState {
        var state = TrainingState(callbacks: callbacks)
        let position = try integers("training/position", count: 4)
        (state.epoch, state.step, state.correct, state.images) = (position[0], position[1], position[2], position[3])
        let phase = try integers("training/phase", count: 2)
        (state.phase, state.firstEpoch) = (phase[0], phase[1])
        state.lossSum = try doubles(
            "training/loss_sum", counts: 1...1, within: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)[0]
        state.learningRate = try doubles(
            "training/learning_rate", counts: 0...1, within: 0 ... .greatestFiniteMagnitude
        ).first
        let history = try doubles("training/history")
        guard history.count % EpochRecord.numberCount == 0 else { throw fail("training/history does not fit") }
        state.history = stride(from: 0, to: history.count, by: EpochRecord.numberCount).enumerated().map {
            epoch, start in
            EpochRecord(epoch: epoch, numbers: Array(history[start...].prefix(EpochRecord.numberCount)))
        }
        state.callbacks = try memories(of: state.callbacks, weightCount: weightCount)
        if let reason = file.word("stop_reason"), !reason.isEmpty { state.stopReason = reason }
        if let reason = file.word("earlier_stop_reason"), !reason.isEmpty { state.earlierStopReason = reason }
        return state
    }

    func floats(_ name: String, count: Int? = nil) throws -> [Float] {
        guard let values = file[name]?.floats, values.count == count ?? values.count else { throw misfit(name) }
        return values
    }

    func doubles(
        _ name: String, counts: ClosedRange<Int> = 0...Int.max, within possible: ClosedRange<Double>? = nil
    ) throws -> [Double] {
        guard let values = file[name]?.doubles, counts.contains(values.count) else { throw misfit(name) }
        if let possible, let other = values.first(where: { !possible.contains($0) }) {
            throw fail("the checkpoint's tensor \(quoted(name)) holds an impossible number, \(other)")
        }
        return values
    }

    func integers(_ name: String, count: Int) throws -> [Int] {
        guard let values = file[name]?.integers, values.count == count else { throw misfit(name) }
        return values
    }

    private func misfit(_ name: String) -> CheckpointError {
        fail("the checkpoint's tensor \(quoted(name)) is missing or has another size than this training's")
    }
}
