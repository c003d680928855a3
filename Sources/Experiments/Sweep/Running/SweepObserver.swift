import Training

package enum SweepEvent: Sendable {
    /// A trial has finished, failed, or stopped for now.
    case ended(SweepTrial, TrialEnding, TrialState)
    /// A trial has come to the end of an epoch, and its checkpoint is written.
    case epochEnded(SweepTrial, EpochRecord, epochs: Int)
    /// Sent several times a second.
    case tick(SweepSnapshot)
}

/// Is told everything and can change nothing.
package protocol SweepObserver: AnyObject {
    /// Called on the thread that runs the sweep, which waits for it.
    func receive(_ event: SweepEvent)
}

/// The progress of a sweep at one moment.
package struct SweepSnapshot: Sendable {
    /// A trial that is being trained by this process.
    package struct Running: Sendable {
        package let trial: SweepTrial
        /// The number of threads that it computes with.
        package let threads: Int
        /// As many as it has at most; halving, or a callback, may end it before.
        package let epochs: Int
        /// Nil before the first step.
        package let step: StepProgress?
    }

    /// The number of trials in this process's part.
    package var total = 0
    /// Trials that need nothing more, whoever ran them.
    package var done = 0
    /// How many of the done trials have failed.
    package var failed = 0
    /// Trials that halving has stopped.
    package var stopped = 0
    /// In the order of the plan.
    package var running: [Running] = []
    /// The finished trial with the best figure on validation images.
    package var best: (trial: SweepTrial, value: Double)?
    /// The metric that decides which trial is best: `val_accuracy` or `val_loss`.
    package var metric = Halving.Metric.validationAccuracy
    /// The share of all work that is done, from 0 to 1.
    package var share = 0.0
}
