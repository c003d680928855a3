/// Everything that training needs to resume as if it had never been interrupted, except the values of parameters and slots and
/// how far the optimizer is (`OptimizerProgress`).
///
/// Random numbers need no state of their own: they are functions of the seed, the epoch and the step.
package struct TrainingState: Sendable {
    /// The phase of training, from 0.
    package var phase = 0
    /// The epoch with which the phase began.
    package var firstEpoch = 0
    /// The epoch of the next step, from 0.
    package var epoch = 0
    /// Steps of this epoch that are done.
    package var step = 0
    /// The sum of the losses of the epoch's images so far.
    package var lossSum = 0.0
    /// Images of the epoch so far that were classified correctly.
    package var correct = 0
    /// Images of the epoch so far.
    package var images = 0
    /// The learning rate that a callback set, if one did; it replaces the schedule.
    package var learningRate: Double?
    /// One record for each finished epoch.
    package var history: [EpochRecord] = []
    /// The callbacks with what each of them remembers.
    package var callbacks: [any ActiveCallback]
    /// Why a callback ended training, if one did.
    package var stopReason: String?
    /// Why a callback ended an earlier phase, if one did; the last of such reasons.
    package var earlierStopReason: String?
    /// Whether the callbacks have been told that training has ended.
    package var isFinished = false

    /// Of the epoch's images so far.
    var meanLoss: Double { lossSum / Double(max(images, 1)) }
    /// Of the epoch's images so far.
    var accuracy: Double { Double(correct) / Double(max(images, 1)) }

    /// The state before the first step.
    package init(callbacks: [any Callback] = []) { self.callbacks = callbacks.map { $0.active } }

    /// The state before the first step of the next phase, which has its own optimizer and callbacks.
    package func nextPhase(callbacks: [any Callback]) -> TrainingState {
        var next = TrainingState(callbacks: callbacks)
        next.phase = phase + 1
        next.firstEpoch = epoch
        next.epoch = epoch
        next.history = history
        next.earlierStopReason = stopReason ?? earlierStopReason
        return next
    }
}
