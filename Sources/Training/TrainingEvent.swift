package enum TrainingEvent: Sendable {
    /// An epoch begins at step 0, or a resumed one continues at a later step.
    case epochBegan(epoch: Int, step: Int, steps: Int)
    case step(StepProgress)
    /// Both the epoch and its validation are over.
    case epochEnded(EpochRecord, seconds: Double, imagesPerSecond: Double)
    /// Training is over, or a phase of it.
    case ended(TrainingOutcome)
    /// The next phase is about to begin.
    case phaseBegan(PhaseProgress)
}

/// Which phase of a training begins.
package struct PhaseProgress: Sendable {
    /// Counted from 0.
    package let phase: Int
    package let phases: Int
    /// How many numbers it learns.
    package let trainable: Int

    package init(phase: Int, of phases: Int, trainable: Int) {
        self.phase = phase
        self.phases = phases
        self.trainable = trainable
    }
}

/// How far training is within an epoch.
package struct StepProgress: Sendable {
    /// Counted from 0.
    package let epoch: Int
    /// Steps of the epoch done so far.
    package let step: Int
    /// Steps in a whole epoch.
    package let steps: Int
    /// Images of the epoch seen so far.
    package let images: Int
    /// Over the images so far, each measured before the step that learned from it.
    package let loss, accuracy: Double
}

package enum TrainingOutcome: Sendable, Equatable {
    /// All epochs have been run.
    case completed
    /// A callback ended training early, for the reason given.
    case stopped(String)
    /// The loss of a step, or of the test, was infinite or not a number.
    case diverged(Divergence)
    /// Training was asked to pause, and can be resumed.
    case interrupted
}

/// A loss with which training could not go on.
package struct Divergence: Sendable, Equatable, CustomStringConvertible {
    /// Where it came up, both counted from 0; nil where only the test showed what the last step did.
    private let place: Place?
    private let loss: Double

    private struct Place: Sendable, Equatable {
        let epoch, step: Int
    }

    init(epoch: Int, step: Int, loss: Double) {
        place = Place(epoch: epoch, step: step)
        self.loss = loss
    }

    package init(testLoss: Double) {
        place = nil
        loss = testLoss
    }

    /// `the loss became nan in epoch 1, step 2`, counted as people count.
    package var description: String {
        let value = loss.isNaN ? "nan" : "\(loss)"
        guard let place else { return "the test loss is \(value)" }
        return "the loss became \(value) in epoch \(place.epoch + 1), step \(place.step + 1)"
    }
}

/// Is told everything and can change nothing: progress displays and run directories are observers.
package protocol TrainingObserver: AnyObject {
    /// Called on the training thread; the next step waits for it.
    func receive(_ event: TrainingEvent, from training: TrainingView) throws
}
