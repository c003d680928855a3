import Training

/// How far a running trial is.
enum TrialProgress: Sendable {
    case step(StepProgress)
    /// An epoch is over, and its checkpoint is written.
    case epoch(EpochRecord)
}

/// Reports a trial's progress, and when it has reached the epoch where it is to pause.
final class TrialWatch: TrainingObserver {
    private(set) var isThere = false
    private let epochs: Int?
    private let claim: Claim
    private let progress: @Sendable (TrialProgress) -> Void

    init(_ claim: Claim, pausingAt epochs: Int?, _ progress: @escaping @Sendable (TrialProgress) -> Void) {
        self.claim = claim
        self.epochs = epochs
        self.progress = progress
    }

    func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        switch event {
        case .step(let step):
            // Before anything is written that belongs to another process now.
            guard claim.isHeld else { throw ClaimLost() }
            progress(.step(step))
        case .epochEnded(let record, _, _):
            progress(.epoch(record))
            isThere = epochs.map { record.epoch + 1 >= $0 } ?? false
        case .epochBegan, .phaseBegan, .ended: break
        }
    }
}
