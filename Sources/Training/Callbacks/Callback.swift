import Schema

/// Something that may stop training or change the learning rate between epochs.
///
/// The description never changes. What a callback remembers from epoch to epoch is a value of its own type, which
/// checkpoints store, so that a resumed run makes the decisions that the uninterrupted one would have made:
///
///     struct StopWhenGood: Callback {
///         struct Memory: Codable, Sendable { var goodEpochs = 0 }
///         var initialMemory: Memory { Memory() }
///
///         func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl) {
///             memory.goodEpochs += record.accuracy > 0.99 ? 1 : 0
///             if memory.goodEpochs == 3 { control.stopReason = "three good epochs" }
///         }
///     }
package protocol Callback: Described {
    /// Copies of the model's weights belong in `KeptWeights`.
    associatedtype Memory: Codable & Sendable = NoMemory
    /// The memory before the first epoch.
    var initialMemory: Memory { get }
    /// The metric that it needs; one of validation images is an error in a config without any.
    var watched: EpochMetric? { get }
    /// Whether it remembers a copy of the model's weights.
    var keepsWeights: Bool { get }
    func epochBegan(_ epoch: Int, _ memory: inout Memory, _ control: inout TrainingControl)
    /// Called after the epoch's validation.
    func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl)
    /// Called once after the last epoch, whether all were run or a callback ended training.
    func trainingEnded(_ memory: inout Memory, _ control: inout TrainingControl)
    /// Why a memory cannot have come from a run of so many epochs, but must be from an edited checkpoint; nil if it can.
    /// Anything that could make arithmetic overflow must be checked here.
    func misfit(of memory: Memory, after epochs: Int) -> String?
}

/// The memory of callbacks that depend on nothing but the current epoch.
package struct NoMemory: Codable, Sendable {}

extension Callback where Memory == NoMemory {
    package var initialMemory: NoMemory { NoMemory() }
}

extension Callback {
    package var watched: EpochMetric? { nil }
    package var keepsWeights: Bool { false }
    package func epochBegan(_ epoch: Int, _ memory: inout Memory, _ control: inout TrainingControl) {}
    package func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl) {}
    package func trainingEnded(_ memory: inout Memory, _ control: inout TrainingControl) {}
    package func misfit(of memory: Memory, after epochs: Int) -> String? { nil }
}

extension Format where Value == any Callback {
    package static var callback: Format { Format.callbacks.format }

    /// A new callback is one file, and one word here.
    package static var callbacks: Family<any Callback> {
        Family(
            "callback",
            [
                EarlyStopping.self, ReduceLROnPlateau.self, LearningRateScheduler.self, ModelCheckpoint.self,
                TerminateOnNaN.self,
            ],
            allowsBareNames: true)
    }
}
