import Schema

/// Lowers the learning rate when a metric has stopped improving.
package struct ReduceLROnPlateau: Callback {
    var monitor = EpochMetric.validationLoss
    var factor = 0.1
    var patience = 10
    var mode = MonitorMode.auto
    var minDelta = 1e-4
    var cooldown = 0
    var minimum = 0.0

    package init() {}

    package static let name = "ReduceLROnPlateau"
    package static let summary = "Lowers the learning rate when a metric has not improved for some epochs."
    package static var fields: [Field<ReduceLROnPlateau>] {
        [
            .optional("monitor", \.monitor, "the metric to watch"),
            .optional("factor", \.factor, in: 0..<1, "what the rate is multiplied by"),
            .optional("patience", \.patience, in: 0..., "epochs without improvement after which the rate falls"),
            .optional("mode", \.mode, "whether less or more is better"),
            .optional("min_delta", \.minDelta, in: 0..., "smaller changes do not count as better"),
            .optional("cooldown", \.cooldown, in: 0..., "epochs to ignore after the rate has fallen"),
            .optional("min_lr", \.minimum, in: 0..., "the lowest rate"),
        ]
    }

    package struct Memory: Codable, Sendable {
        var best: Double
        /// Epochs since the last improvement, not counting those of a cooldown.
        var wait = 0
        /// Epochs left during which `wait` does not grow.
        var cooldown = 0
    }

    package var initialMemory: Memory { Memory(best: mode.worst(of: monitor)) }
    package var watched: EpochMetric? { monitor }

    package func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl) {
        guard let value = record.value(of: monitor) else { return }
        let isCooling = memory.cooldown > 0
        if isCooling {
            memory.cooldown -= 1
            memory.wait = 0
        }
        if mode.isBetter(value, than: memory.best, by: minDelta, of: monitor) {
            memory.best = value
            memory.wait = 0
        } else if memory.cooldown == 0 {
            memory.wait += 1
            if memory.wait >= patience, control.learningRate > minimum {
                control.learningRate = max(control.learningRate * factor, minimum)
                memory.cooldown = cooldown
                memory.wait = 0
            }
        }
    }

    package func misfit(of memory: Memory, after epochs: Int) -> String? {
        complaint("wait", memory.wait, unlessIn: 0...epochs)
            ?? complaint("cooldown", memory.cooldown, unlessIn: 0...cooldown)
    }
}
