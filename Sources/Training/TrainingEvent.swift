/// What happened while training.
package enum TrainingEvent: Sendable {
    /// An epoch begins (or goes on, after a resume) at a step.
    case epochBegan(epoch: Int, step: Int, steps: Int)
    /// A step was done.
    case step(StepProgress)
    /// An epoch and its validation are over.
    case epochEnded(EpochRecord, seconds: Double, imagesPerSecond: Double)
    /// Training is over.
    case ended(TrainingOutcome)
}

/// How far an epoch has come.
package struct StepProgress: Sendable {
    /// The epoch, from 0.
    package let epoch: Int
    /// Steps done of it.
    package let step: Int
    /// Steps that it has.
    package let steps: Int
    /// Images seen of it.
    package let images: Int
    /// The mean loss so far.
    package let loss: Double
    /// The accuracy so far.
    package let accuracy: Double
}

/// Why training ended.
package enum TrainingOutcome: Sendable, Equatable {
    /// All epochs were run.
    case completed
    /// A callback ended it, for a reason.
    case stopped(String)
    /// The loss was not finite.
    case diverged(Divergence)
    /// Somebody asked it to stop; it can go on later.
    case interrupted
}

/// The step at which training could not go on.
package struct Divergence: Sendable, Equatable, CustomStringConvertible {
    /// Both are counted from 0.
    let epoch, step: Int
    let loss: Double

    /// `the loss became nan in epoch 1, step 2`, counted as people count.
    package var description: String {
        "the loss became \(loss.isNaN ? "nan" : "\(loss)") in epoch \(epoch + 1), step \(step + 1)"
    }
}

/// Hears of everything and can change nothing: curves, progress, checkpoints and reports are observers.
package protocol TrainingObserver: AnyObject {
    /// Called on the training thread; steps wait for it.
    func receive(_ event: TrainingEvent, from training: TrainingView) throws
}
