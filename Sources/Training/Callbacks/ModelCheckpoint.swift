import Schema

/// Keeps the weights of the best epoch for the run's `model.safetensors`; training itself continues with the current ones. Of
/// several phases each has a best epoch of its own, with whose weights the next phase begins.
package struct ModelCheckpoint: Callback {
    var monitor = EpochMetric.validationLoss
    var mode = MonitorMode.auto
    var saveBestOnly = false

    /// The defaults keep the last epoch's weights, so the callback does nothing.
    package init() {}

    package static let name = "ModelCheckpoint"
    package static let summary =
        "Keeps the weights of the best epoch instead of the last, if asked to; a next phase begins with them."
    package static var fields: [Field<ModelCheckpoint>] {
        [
            .optional("monitor", \.monitor, "the metric that says which epoch is best"),
            .optional("mode", \.mode, "whether less or more is better"),
            .optional(
                "save_best_only", \.saveBestOnly, "whether to keep the best epoch's weights instead of the last's"),
        ]
    }

    package struct Memory: Codable, Sendable {
        var best: Double
        var weights: KeptWeights?
    }

    package var initialMemory: Memory { Memory(best: mode.worst(of: monitor)) }
    package var keepsWeights: Bool { saveBestOnly }
    package var watched: EpochMetric? { saveBestOnly ? monitor : nil }

    package func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl) {
        guard saveBestOnly, let value = record.value(of: monitor),
            mode.isBetter(value, than: memory.best, by: 0, of: monitor)
        else { return }
        memory.best = value
        memory.weights = KeptWeights(control.weights())
    }

    package func trainingEnded(_ memory: inout Memory, _ control: inout TrainingControl) {
        if let weights = memory.weights { control.restored = weights.values }
    }
}
