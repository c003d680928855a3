import Schema

/// Something that may stop training or change the learning rate between epochs.
///
/// The description never changes. What a callback remembers from epoch to epoch is a value of a type of its own, which
/// checkpoints store, so that a resumed run decides as the undisturbed one would have:
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
    /// Large arrays of weights are kept as `KeptWeights`.
    associatedtype Memory: Codable & Sendable = NoMemory
    /// What is remembered before the first epoch.
    var initialMemory: Memory { get }
    /// The figure that it needs; a config that holds back no images cannot have one of theirs.
    var watched: EpochMetric? { get }
    func epochBegan(_ epoch: Int, _ memory: inout Memory, _ control: inout TrainingControl)
    /// Called after the epoch's validation.
    func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl)
    /// Called once after the last epoch, whether all were run or a callback ended training.
    func trainingEnded(_ memory: inout Memory, _ control: inout TrainingControl)
    /// Why no run of so many epochs can have left a memory, which may come from an edited checkpoint; nil for one that is
    /// possible. Whatever could make arithmetic overflow belongs here.
    func misfit(of memory: Memory, after epochs: Int) -> String?
}

/// The memory of callbacks that decide by nothing but the epoch at hand.
package struct NoMemory: Codable, Sendable {}

extension Callback where Memory == NoMemory {
    package var initialMemory: NoMemory { NoMemory() }
}

extension Callback {
    package var watched: EpochMetric? { nil }
    package func epochBegan(_ epoch: Int, _ memory: inout Memory, _ control: inout TrainingControl) {}
    package func epochEnded(_ record: EpochRecord, _ memory: inout Memory, _ control: inout TrainingControl) {}
    package func trainingEnded(_ memory: inout Memory, _ control: inout TrainingControl) {}
    package func misfit(of memory: Memory, after epochs: Int) -> String? { nil }
}

extension Format where Value == any Callback {
    /// One of the callbacks.
    package static var callback: Format { Format.callbacks.format }

    /// A new callback is a file of its own and a word here.
    package static var callbacks: Family<any Callback> {
        Family(
            "callback",
            [
                EarlyStopping.self, ReduceLROnPlateau.self, LearningRateScheduler.self, ModelCheckpoint.self,
                TerminateOnNaN.self,
            ])
    }
}
