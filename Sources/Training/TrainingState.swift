import Optimizers

/// Everything that training needs to go on as if it had never been interrupted.
///
/// Random numbers need no state of their own: they are functions of the seed, the epoch and the step.
package struct TrainingState: Sendable, Equatable {
    /// The next step: its epoch, and its number in the epoch.
    package var epoch = 0
    /// Steps of the epoch that are done.
    package var step = 0
    /// Over the epoch so far: the sum of losses, found classes, images.
    package var lossSum = 0.0
    /// Images of the epoch whose class was found.
    package var correct = 0
    /// Images of the epoch seen.
    package var images = 0
    /// The rate that a callback set, if one did.
    package var learningRate: Double?
    /// Every epoch so far.
    package var history: [EpochRecord] = []
    /// What each callback remembers.
    package var memories: [CallbackMemory] = []
    /// Why a callback ended training, if one did.
    package var stopReason: String?
    /// Whether nothing is left to do.
    package var isFinished = false

    /// Before the first step.
    package init() {}
}
