import Schema

/// Ends training when a metric has stopped improving.
package struct EarlyStopping: Callback {
    var monitor = EpochMetric.validationLoss
    var minDelta = 0.0
    var patience = 0
    var mode = MonitorMode.auto
    var baseline: Double?
    var restoreBestWeights = false
    var startFromEpoch = 0

    package init() {}

    package static let name = "EarlyStopping"
    package static let summary = "Ends training when a metric has not improved for some epochs."
    package static var fields: [Field<EarlyStopping>] {
        [
            .optional("monitor", \.monitor, "the metric to watch"),
            .optional("min_delta", \.minDelta, in: 0..., "smaller changes do not count as better"),
            .optional("patience", \.patience, in: 0..., "epochs without improvement after which training ends"),
            .optional("mode", \.mode, "whether less or more is better"),
            .optional("baseline", \.baseline, "a value that must be beaten, too, for patience to start again"),
            .optional("restore_best_weights", \.restoreBestWeights, "whether to go back to the best epoch's weights"),
            .optional("start_from_epoch", \.startFromEpoch, in: 0..., "the epoch from which the metric is watched"),
        ]
    }

    package struct Memory: Codable, Sendable {
        var best: Double
        /// −1 until an epoch improves on the initial worst value.
        var bestEpoch = -1
        /// Epochs since the last improvement that also surpassed the baseline.
        var wait = 0
        var weights: KeptWeights?
    }

    package var initialMemory: Memory { Memory(best: mode.worst(of: monitor)) }
    package var keepsWeights: Bool { restoreBestWeights }
    package var watched: EpochMetric? { monitor }

    package func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl) {
        let epoch = record.epoch - control.firstEpoch
        guard let value = record.value(of: monitor), epoch >= startFromEpoch else { return }
        if restoreBestWeights, memory.weights == nil {
            // If no epoch ever improves, the first one watched is restored.
            memory.weights = KeptWeights(control.weights())
            memory.bestEpoch = record.epoch
        }
        memory.wait += 1
        if mode.isBetter(value, than: memory.best, by: minDelta, of: monitor) {
            memory.best = value
            memory.bestEpoch = record.epoch
            if restoreBestWeights { memory.weights = KeptWeights(control.weights()) }
            let surpasses = baseline.map { mode.isBetter(value, than: $0, by: minDelta, of: monitor) } ?? true
            if surpasses { memory.wait = 0 }
            return
        }
        if memory.wait >= patience, epoch > 0 { control.stopReason = reason(memory, after: record.epoch) }
    }

    /// For people, who count epochs from 1.
    private func reason(_ memory: Memory, after epoch: Int) -> String {
        var words = "\(monitor.rawValue) has not improved"
        // What improves may still not be good enough.
        if let baseline, memory.wait > epoch - memory.bestEpoch { words += " beyond the baseline of \(baseline)" }
        words += memory.wait == 1 ? " for 1 epoch" : " for \(memory.wait) epochs"
        return memory.best.isFinite ? "\(words); best was epoch \(memory.bestEpoch + 1)" : words
    }

    package func trainingEnded(_ memory: inout Memory, _ control: inout TrainingControl) {
        if restoreBestWeights, let weights = memory.weights { control.restored = weights.values }
    }

    package func misfit(of memory: Memory, after epochs: Int) -> String? {
        complaint("wait", memory.wait, unlessIn: 0...epochs)
            ?? complaint("bestEpoch", memory.bestEpoch, unlessIn: -1...epochs - 1)
    }
}
