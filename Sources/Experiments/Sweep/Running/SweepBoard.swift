import Dispatch
import Synchronization
import Training

/// Where running trials post their progress, for the thread that waits for them.
final class SweepBoard: Sendable {
    private let notes = Mutex(Notes())
    private let bell = DispatchSemaphore(value: 0)

    private struct Notes {
        var steps: [Int: StepProgress] = [:]
        var endings: [(trial: Int, ending: TrialEnding)] = []
        var shouldStop = false
    }

    /// Whether trials should save and end.
    var shouldStop: Bool { notes.withLock { $0.shouldStop } }

    /// Asks all trials to save and end.
    func stop() { notes.withLock { $0.shouldStop = true } }

    func note(_ step: StepProgress, of trial: Int) { notes.withLock { $0.steps[trial] = step } }

    func end(_ trial: Int, _ ending: TrialEnding) {
        notes.withLock { notes in
            notes.steps[trial] = nil
            notes.endings.append((trial, ending))
        }
        bell.signal()
    }

    /// The last step of every trial that runs.
    var steps: [Int: StepProgress] { notes.withLock { $0.steps } }

    /// The trials that have ended since the last call.
    func takeEndings() -> [(trial: Int, ending: TrialEnding)] {
        notes.withLock { notes in
            defer { notes.endings = [] }
            return notes.endings
        }
    }

    /// Returns when a trial ends, or after a while.
    func wait(milliseconds: Int) { _ = bell.wait(timeout: .now() + .milliseconds(milliseconds)) }
}
