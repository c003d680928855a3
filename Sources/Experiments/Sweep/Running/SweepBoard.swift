import Dispatch
import Synchronization
import Training

/// Where running trials post their progress, for the thread that waits for them.
final class SweepBoard: Sendable {
    private let notes = Mutex(Notes())
    private let bell = DispatchSemaphore(value: 0)

    private struct Notes {
        var steps: [Int: StepProgress] = [:]
        var epochs: [(trial: Int, record: EpochRecord)] = []
        var endings: [(trial: Int, ending: TrialEnding)] = []
        var shouldStop = false
    }

    /// Whether trials should save and end.
    var shouldStop: Bool { notes.withLock { $0.shouldStop } }

    /// Asks all trials to save and end.
    func stop() { notes.withLock { $0.shouldStop = true } }

    func note(_ progress: TrialProgress, of trial: Int) {
        notes.withLock { notes in
            switch progress {
            case .step(let step): notes.steps[trial] = step
            case .epoch(let record): notes.epochs.append((trial, record))
            }
        }
    }

    func end(_ trial: Int, _ ending: TrialEnding) {
        notes.withLock { notes in
            notes.steps[trial] = nil
            notes.endings.append((trial, ending))
        }
        bell.signal()
    }

    /// The last step of every trial that runs.
    var steps: [Int: StepProgress] { notes.withLock { $0.steps } }

    /// The epochs and the trials that have ended since the last call.
    func takeNews() -> (epochs: [(trial: Int, record: EpochRecord)], endings: [(trial: Int, ending: TrialEnding)]) {
        notes.withLock { notes in
            defer { (notes.epochs, notes.endings) = ([], []) }
            return (notes.epochs, notes.endings)
        }
    }

    /// Returns when a trial ends, or after a while.
    func wait(milliseconds: Int) { _ = bell.wait(timeout: .now() + .milliseconds(milliseconds)) }
}
