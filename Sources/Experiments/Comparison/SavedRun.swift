import Schema

/// What a run directory tells about its run, as far as it can be compared with others.
///
/// Whatever is not known yet, because the run is unfinished, or any more, because a file is broken, is nil.
package struct SavedRun: Sendable {
    /// How far a run has come.
    package enum State: String, Sendable {
        case finished
        case stoppedEarly = "stopped early"
        case unfinished
    }

    /// As the user wrote it.
    package var directory: String

    /// Everything resolved, every default written out.
    package var config: JSON

    /// A run without results is unfinished, whatever ended it.
    package var state = State.unfinished

    /// Trainable or not.
    package var parameters: Int?

    /// As many as the config asks for.
    package var plannedEpochs: Int?

    /// One row an epoch, as far as the run has come.
    package var curves = SavedCurves()

    /// What the saved weights make of the test images.
    package var test: TestFigures?

    /// Time on the clock, from the first start to the end.
    package var seconds: Double?

    /// What became of the expectations; nil where there were none.
    package var verdict: String?

    /// A run of which no more than its config is known.
    package init(directory: String, config: JSON) {
        self.directory = directory
        self.config = config
    }
}

/// A model's figures on the test images.
package struct TestFigures: Sendable, Equatable {
    package var loss: Double?
    package var accuracy: Double
    package var accuracyError: Double?

    /// Figures from a result; a loss that was not finite is nil.
    package init(loss: Double?, accuracy: Double, accuracyError: Double?) {
        self.loss = loss
        self.accuracy = accuracy
        self.accuracyError = accuracyError
    }
}
