import Training

/// How far a running trial is.
enum TrialProgress: Sendable {
    case step(StepProgress)
    /// An epoch is over, and its checkpoint is written.
    case epoch(EpochRecord)
}

/// Ends the training of a process that has lost its claim, before anything is written that belongs to another process now.
final class ClaimGuard: TrainingObserver {
    private let claim: Claim

    init(_ claim: Claim) { self.claim = claim }

    func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        guard claim.isHeld else { throw ClaimLost() }
    }
}

/// Reports a trial's progress, and when it has reached the epoch where it is to pause.
final class TrialWatch: TrainingObserver {
    private(set) var isThere = false
    private let epochs: Int?
    private let progress: @Sendable (TrialProgress) -> Void

    init(pausingAt epochs: Int?, _ progress: @escaping @Sendable (TrialProgress) -> Void) {
        self.epochs = epochs
        self.progress = progress
    }

    func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        switch event {
        case .step(let step): progress(.step(step))
        case .epochEnded(let record, _, _):
            progress(.epoch(record))
            isThere = epochs.map { record.epoch + 1 >= $0 } ?? false
        case .epochBegan, .phaseBegan, .ended: break
        }
    }
}
