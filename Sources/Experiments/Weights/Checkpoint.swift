import Datasets
import Layers
import Optimizers
import Reporting
import Schema
import Tensors
import Training

/// Why a checkpoint cannot be gone on from.
package struct CheckpointError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    /// One line with the remedy.
    package var description: String {
        "\(path): \(reason); remove the file to train from the beginning, or choose another --out"
    }
}

extension Experiment {
    /// Everything needed to go on, as one file.
    ///
    /// Numbers are stored bit by bit. The metadata hold the digests of config and data, so that no run goes on with
    /// another one's weights or on other images; the file is sealed, so that a flipped bit is noticed.
    func saveCheckpoint(to path: String, config: JSON) throws {
        var file = Safetensors()
        for parameter in network.parameters.all {
            file.add(
                "model/\(parameter.name)", shape: parameter.shape.dimensions, network.parameters.values(of: parameter))
        }
        let (slots, progress) = (trainer.slotValues, trainer.optimizerProgress)
        file.add("optimizer/slots", shape: [slots.count], slots)
        file.add("optimizer/steps", [progress.steps])
        file.add("optimizer/momentum_product", [Double(progress.momentumProduct)])

        let state = trainer.state
        file.add("training/position", [state.epoch, state.step, state.correct, state.images])
        file.add("training/loss_sum", [state.lossSum])
        file.add("training/learning_rate", state.learningRate.map { [$0] } ?? [])
        file.add("training/history", state.history.flatMap(\.numbers))
        for (index, memory) in state.memories.enumerated() {
            file.add("callbacks/\(index)/best", [memory.best])
            file.add("callbacks/\(index)/counters", [memory.bestEpoch, memory.wait, memory.cooldown])
            if let weights = memory.weights { file.add("callbacks/\(index)/weights", shape: [weights.count], weights) }
        }
        file.metadata = [
            ("format", "mnist-lab checkpoint 1"),
            ("config", SHA256.hex(of: Array(config.compact.utf8))),
            ("data", data.digest),
            ("stop_reason", state.stopReason ?? ""),
        ]
        try AtomicFile.write(file.sealedBytes, to: path)
    }

    /// Goes back to a checkpoint of the same config and data.
    func restore(from path: String, config: JSON) throws {
        func fail(_ reason: String) -> CheckpointError { CheckpointError(path: path, reason: reason) }
        let file: Safetensors
        do {
            file = try Safetensors(parsingSealed: readFile(path))
        } catch let error as SafetensorsError {
            throw fail("the checkpoint \(error)")
        }
        guard file.word("format") == "mnist-lab checkpoint 1" else {
            throw fail("this is no checkpoint of this version")
        }
        guard file.word("config") == SHA256.hex(of: Array(config.compact.utf8)) else {
            throw fail("the checkpoint belongs to another config")
        }
        guard file.word("data") == data.digest else {
            throw fail("the checkpoint belongs to other data than those in \(data.origin)")
        }

        func floats(_ name: String, count: Int) throws -> [Float] {
            guard let values = file[name]?.floats, values.count == count else { throw fail("\(name) does not fit") }
            return values
        }
        func doubles(_ name: String) throws -> [Double] {
            guard let values = file[name]?.doubles else { throw fail("\(name) is missing") }
            return values
        }
        func integers(_ name: String, count: Int) throws -> [Int] {
            guard let values = file[name]?.integers, values.count == count else { throw fail("\(name) does not fit") }
            return values
        }
        for parameter in network.parameters.all {
            network.parameters.set(
                parameter, to: try floats("model/\(parameter.name)", count: parameter.shape.count))
        }
        let plan = trainer.updatePlan
        trainer.slotValues = try floats("optimizer/slots", count: plan.slotRanges.count * plan.parameterCount)
        var progress = OptimizerProgress()
        progress.steps = try integers("optimizer/steps", count: 1)[0]
        progress.momentumProduct = Float(try doubles("optimizer/momentum_product").first ?? 1)

        var state = TrainingState()
        let position = try integers("training/position", count: 4)
        (state.epoch, state.step, state.correct, state.images) = (position[0], position[1], position[2], position[3])
        state.lossSum = try doubles("training/loss_sum").first ?? 0
        state.learningRate = try doubles("training/learning_rate").first
        let history = try doubles("training/history")
        guard history.count % EpochRecord.numberCount == 0 else { throw fail("training/history does not fit") }
        state.history = stride(from: 0, to: history.count, by: EpochRecord.numberCount).enumerated().map {
            epoch, start in
            EpochRecord(epoch: epoch, numbers: Array(history[start...].prefix(EpochRecord.numberCount)))
        }
        for index in config["training"]?["callbacks"]?.elements?.indices ?? 0..<0 {
            var memory = CallbackMemory(best: try doubles("callbacks/\(index)/best").first ?? 0)
            let counters = try integers("callbacks/\(index)/counters", count: 3)
            (memory.bestEpoch, memory.wait, memory.cooldown) = (counters[0], counters[1], counters[2])
            memory.weights = file["callbacks/\(index)/weights"]?.floats
            state.memories.append(memory)
        }
        if let reason = file.word("stop_reason"), !reason.isEmpty { state.stopReason = reason }
        trainer.resume(state, progress: progress)
    }

    /// The parameters as `model.safetensors`.
    func saveWeights(to path: String) throws { try AtomicFile.write(network.weights.bytes, to: path) }
}

extension ExperimentData {
    /// One digest of all files.
    fileprivate var digest: String {
        let lines = fingerprints.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
        return SHA256.hex(of: Array(lines.joined().utf8))
    }
}

extension EpochRecord {
    static let numberCount = 6

    /// The record without its epoch, bit by bit.
    fileprivate var numbers: [Double] {
        let validated: [Double] = validation.map { [1, $0.loss, $0.accuracy] } ?? [0, 0, 0]
        return [loss, accuracy, learningRate] + validated
    }

    fileprivate init(epoch: Int, numbers: [Double]) {
        let validation = numbers[3] == 0 ? nil : Score(loss: numbers[4], accuracy: numbers[5])
        self.init(
            epoch: epoch, loss: numbers[0], accuracy: numbers[1], learningRate: numbers[2], validation: validation)
    }
}
