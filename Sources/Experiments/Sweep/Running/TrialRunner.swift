import Foundation
import Kernels
import Layers
import Reporting
import Schema
import Training

/// How one attempt at a trial ended.
package enum TrialEnding: Sendable, Equatable {
    /// It has results.
    case finished
    /// It has reached the epoch up to which it was to be trained for now.
    case paused
    /// It was asked to stop, and can be resumed.
    case stopped
    /// The reason, on one line, is in the trial's note too.
    case failed(String)
    /// Another process is training it.
    case taken
    /// Another process has finished it meanwhile.
    case foundFinished
}

/// Trains one trial in its folder, from its current state to its end or up to an epoch.
struct TrialRunner: Sendable {
    let planned: PlannedTrial
    let folder: String
    let data: SharedData
    let threads: Int
    /// Where it is to pause; nil trains to the end.
    let epochs: Int?
    let hasPictures: Bool
    let version: String
    let command: [String]

    /// `shouldStop` and `progress` are called after every step.
    func run(
        shouldStop: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (StepProgress) -> Void
    ) -> TrialEnding {
        let directory: RunDirectory
        do {
            directory = try RunDirectory(path: folder, resuming: true)
        } catch RunDirectoryError.inUse {
            return .taken
        } catch {
            return .failed("\(error)")
        }
        do {
            // Another process may have finished the trial before this one got the lock.
            let state = try TrialState(of: planned.trial, in: folder)
            if state.isFinished {
                directory.remove(.checkpoint)
                return .foundFinished
            }
            try makeNote()
            return try train(in: directory, shouldStop, progress)
        } catch is CheckpointError {
            // A checkpoint that is damaged or too old costs its epochs, not the trial.
            directory.remove(.checkpoint)
            do { return try train(in: directory, shouldStop, progress) } catch { return fail(error) }
        } catch {
            return fail(error)
        }
    }

    private func train(
        in directory: RunDirectory, _ shouldStop: @escaping @Sendable () -> Bool,
        _ progress: @escaping @Sendable (StepProgress) -> Void
    ) throws -> TrialEnding {
        let config = planned.config.config
        let experiment = try Experiment(
            config, weights: config.publishedWeights(data.search), data: data.data(for: config), threads: threads)
        let run = try TrainingRun(
            experiment, resolved: planned.config.json, in: directory,
            provenance: Provenance(version: version, command: command, threads: threads, data: experiment.data),
            outputs: RunOutputs.all(withPictures: hasPictures))
        if let epochs, run.firstEpoch >= epochs { return .paused }
        let watch = TrialWatch(pausingAt: epochs, progress)
        let outcome = try run.train(observers: [watch]) { watch.isThere || shouldStop() }
        switch outcome {
        case .interrupted: return watch.isThere ? .paused : .stopped
        case .diverged(let divergence): return fail("diverged: \(divergence)")
        case .stopped, .completed:
            _ = try run.finish()
            return .finished
        }
    }

    /// Records which trial the folder belongs to, before anything else is written.
    private func makeNote() throws {
        var note = TrialNote(planned.trial)
        if let old = try TrialNote(in: folder) {
            guard old.trial.digest == note.trial.digest else { throw SweepDirectoryError.inUse(folder) }
            note.attempts = old.attempts + (old.failure == nil ? 0 : 1)
        }
        try note.write(in: folder)
    }

    private func fail(_ error: any Error) -> TrialEnding { fail((error as? Problems)?.rendered() ?? "\(error)") }

    private func fail(_ reason: String) -> TrialEnding {
        var note = (try? TrialNote(in: folder)) ?? TrialNote(planned.trial)
        note.failure = reason.split(separator: "\n").joined(separator: " ")
        // If not even the note can be written, the reason is at least returned.
        try? note.write(in: folder)
        return .failed(note.failure ?? reason)
    }
}

/// Reports a trial's progress, and when it has reached the epoch where it is to pause.
private final class TrialWatch: TrainingObserver {
    private(set) var isThere = false
    private let epochs: Int?
    private let progress: @Sendable (StepProgress) -> Void

    init(pausingAt epochs: Int?, _ progress: @escaping @Sendable (StepProgress) -> Void) {
        self.epochs = epochs
        self.progress = progress
    }

    func receive(_ event: TrainingEvent, from training: TrainingView) {
        switch event {
        case .step(let step): progress(step)
        case .epochEnded(let record, _, _): isThere = epochs.map { record.epoch + 1 >= $0 } ?? false
        case .epochBegan, .phaseBegan, .ended: break
        }
    }
}
