import Schema

/// Something that may stop training or change the learning rate between epochs.
///
/// The description never changes; what a callback remembers is a `CallbackMemory`, which checkpoints store, so that a
/// resumed run decides as the undisturbed one would have.
package protocol Callback: Described {
    /// What is remembered before the first epoch.
    var initialMemory: CallbackMemory { get }
    /// What must be held back images' for it to work; checked before training.
    var watched: EpochMetric? { get }
    /// Before an epoch.
    func epochBegan(_ epoch: Int, _ memory: inout CallbackMemory, _ control: inout TrainingControl)
    /// After an epoch and its validation.
    func epochEnded(_ record: EpochRecord, _ memory: inout CallbackMemory, _ control: inout TrainingControl)
    /// After the last epoch, whatever ended training.
    func trainingEnded(_ memory: inout CallbackMemory, _ control: inout TrainingControl)
}

extension Callback {
    /// Nothing.
    package var initialMemory: CallbackMemory { CallbackMemory() }
    /// Nothing.
    package var watched: EpochMetric? { nil }
    /// Nothing.
    package func epochBegan(_ epoch: Int, _ memory: inout CallbackMemory, _ control: inout TrainingControl) {}
    /// Nothing.
    package func epochEnded(_ record: EpochRecord, _ memory: inout CallbackMemory, _ control: inout TrainingControl) {}
    /// Nothing.
    package func trainingEnded(_ memory: inout CallbackMemory, _ control: inout TrainingControl) {}
}

/// What a callback remembers from epoch to epoch.
package struct CallbackMemory: Sendable, Equatable {
    /// The best value so far.
    package var best: Double
    /// The epoch that it belongs to.
    package var bestEpoch: Int
    /// Epochs since.
    package var wait = 0
    /// Epochs for which to do nothing.
    package var cooldown = 0
    /// All weights of the best epoch, where they are kept.
    package var weights: [Float]?

    /// Before the first epoch.
    package init(best: Double = 0, bestEpoch: Int = -1) {
        self.best = best
        self.bestEpoch = bestEpoch
    }
}

/// What callbacks may change, and what they may look at.
package struct TrainingControl {
    /// The rate of the steps to come; setting it replaces the optimizer's own.
    package var learningRate: Double
    /// Why training ends after this epoch, if it does.
    package var stopReason: String?
    /// All weights, for keeping.
    package let weights: () -> [Float]
    /// Weights to go back to.
    package var restored: [Float]?

    /// What a callback meets after an epoch; `weights` is called only if it wants to keep them.
    package init(learningRate: Double, weights: @escaping () -> [Float]) {
        self.learningRate = learningRate
        self.weights = weights
    }
}

extension Format where Value == any Callback {
    /// One of the callbacks.
    package static var callback: Format { Format.callbacks.format }

    /// All of them; a new one is a file of its own and a word here.
    package static var callbacks: Family<any Callback> {
        Family(
            "callback",
            [
                EarlyStopping.self, ReduceLROnPlateau.self, LearningRateScheduler.self, ModelCheckpoint.self,
                TerminateOnNaN.self,
            ])
    }
}
