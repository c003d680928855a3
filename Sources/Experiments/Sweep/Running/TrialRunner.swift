import Foundation
import Kernels
import Layers
import Machine
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
    /// This machine cannot go on, though others may: its disk is full, for example. The trial is as it was.
    case unable(String)
    /// Another process is training it, or was when there was last a sign of its life.
    case taken(isAlive: Bool)
    /// Another process has finished it meanwhile.
    case foundFinished
    /// Another process has tried it meanwhile, and it failed; the reason is in its note.
    case foundFailed
}

/// Trains one trial in its folder, from its current state to its end or up to an epoch.
struct TrialRunner: Sendable {
    let planned: PlannedTrial
    let folder: String
    let data: SharedData
    let claims: Claims
    let threads: Int
    /// Where it is to pause; nil trains to the end.
    let epochs: Int?
    /// A failure of a later attempt than this one is another process's, and not tried again.
    let forgivenAttempts: Int
    let hasPictures: Bool
    let hasTensorBoard: Bool
    let version: String
    let command: [String]

    /// `shouldStop` and `progress` are called after every step, `progress` also after every epoch.
    func run(
        shouldStop: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (TrialProgress) -> Void
    ) -> TrialEnding {
        let directory: RunDirectory
        do {
            directory = try RunDirectory(path: folder, resuming: true)
        } catch RunDirectoryError.inUse {
            return .taken(isAlive: true)
        } catch {
            return .unable("\(error)")
        }
        let claim: Claim
        do {
            guard let taken = try claims.take(folder) else { return .taken(isAlive: claims.isAlive(in: folder)) }
            claim = taken
        } catch {
            return .unable("\(error)")
        }
        defer { claim.release() }
        do {
            // Another process may have finished the trial before this one got the lock, or failed.
            let state = try TrialState(of: planned.trial, in: folder)
            if state.isFinished {
                directory.remove(.checkpoint)
                claim.releaseAll()
                return .foundFinished
            }
            if state.failure != nil, state.attempts > forgivenAttempts { return .foundFailed }
            try makeNote()
            return try train(in: directory, claim, shouldStop, progress)
        } catch let error where error is CheckpointError || error is ConfigMisfit {
            // A checkpoint that is damaged, too old or of other defaults costs its epochs, not the trial.
            directory.remove(.checkpoint)
            do { return try train(in: directory, claim, shouldStop, progress) } catch { return fail(error) }
        } catch {
            return fail(error)
        }
    }

    private func train(
        in directory: RunDirectory, _ claim: Claim, _ shouldStop: @escaping @Sendable () -> Bool,
        _ progress: @escaping @Sendable (TrialProgress) -> Void
    ) throws -> TrialEnding {
        let config = planned.config.config
        let experiment = try Experiment(
            config, weights: config.publishedWeights(data.search), data: data.data(for: config), threads: threads)
        let run = try TrainingRun(
            experiment, resolved: planned.config.json, in: directory,
            provenance: Provenance(
                version: version, command: command, threads: Grant(threads, by: .sweep), data: experiment.data),
            outputs: RunOutputs.all(
                withPictures: hasPictures, withTensorBoard: hasTensorBoard || directory.has(.tensorBoard)))
        if let epochs, run.firstEpoch >= epochs { return .paused }
        let watch = TrialWatch(pausingAt: epochs, progress)
        let outcome = try run.train(observers: [watch], after: [ClaimGuard(claim)]) { watch.isThere || shouldStop() }
        switch outcome {
        case .interrupted: return watch.isThere ? .paused : .stopped
        case .diverged(let divergence): return fail("diverged: \(divergence)")
        case .stopped, .completed:
            guard claim.renew() else { throw ClaimLost() }
            _ = try run.finish()
            claim.releaseAll()
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

    private func fail(_ error: any Error) -> TrialEnding {
        switch error {
        case is ClaimLost: .taken(isAlive: false)
        case let error as FileError where error.isOfTheMachine: .unable("\(error)")
        case let error as Problems: fail(error.rendered())
        default: fail("\(error)")
        }
    }

    private func fail(_ reason: String) -> TrialEnding {
        var note = (try? TrialNote(in: folder)) ?? TrialNote(planned.trial)
        note.failure = reason.split(separator: "\n").joined(separator: " ")
        do {
            try note.write(in: folder)
        } catch {
            // Nobody else would hear of it.
            return .unable(reason)
        }
        return .failed(note.failure ?? reason)
    }
}

extension FileError {
    /// Whether another machine, or this one later, might succeed with the same.
    fileprivate var isOfTheMachine: Bool {
        [ENOSPC, EDQUOT, EIO, EROFS, ESTALE, EMFILE, ENFILE].contains(code)
    }
}
