import Training

/// What happens in a sweep.
package enum SweepEvent: Sendable {
    /// A trial has come to its end, to a decision, or to a stop.
    case ended(SweepTrial, TrialEnding, TrialState)
    /// How far all are; several times a second.
    case tick(SweepSnapshot)
}

/// Hears of everything and can change nothing.
package protocol SweepObserver: AnyObject {
    /// Called on the thread that runs the sweep.
    func receive(_ event: SweepEvent)
}

/// How far a sweep is.
package struct SweepSnapshot: Sendable {
    /// A trial that is being trained by this process.
    package struct Running: Sendable {
        /// Which one.
        package let trial: SweepTrial
        /// Its share of all threads.
        package let threads: Int
        /// Up to which it goes.
        package let epochs: Int
        /// Nil before the first step.
        package let step: StepProgress?
    }

    /// Trials of this process's part.
    package var total = 0
    /// Trials that need nothing more, whoever ran them.
    package var done = 0
    /// Of those that are done.
    package var failed = 0
    /// Trials that halving has stopped.
    package var stopped = 0
    /// In the order of the plan.
    package var running: [Running] = []
    /// The finished trial with the best figure on validation images.
    package var best: (trial: SweepTrial, value: Double)?
    /// What decides: `val_accuracy` or `val_loss`.
    package var metric = Halving.Metric.validationAccuracy
    /// The share of all work that is done, from 0 to 1.
    package var share = 0.0
}
