import Datasets
import Foundation
import Reporting
import Schema
import Training

/// One `train`: an experiment that leaves everything it does in a run directory.
///
/// After every epoch curves, timings and a checkpoint are written, each as a whole; the checkpoint comes last and is what a
/// resumed run believes. When training is over, the model and the results replace the checkpoint.
package final class TrainingRun: TrainingObserver {
    /// The experiment that runs.
    package let experiment: Experiment
    /// Where it writes.
    package let directory: RunDirectory
    private var timings: Timings
    private let provenance: Provenance
    private let resolved: JSON
    private let checkpointEvery: Int?
    private var hasProvenance = false

    /// Writes config and summary, and goes back to the checkpoint if there is one.
    package init(_ experiment: Experiment, resolved: JSON, in directory: RunDirectory, provenance: Provenance) throws {
        self.experiment = experiment
        self.directory = directory
        self.provenance = provenance
        self.resolved = resolved
        checkpointEvery = experiment.config.training.checkpointEvery
        directory.sweep()
        if directory.has(.checkpoint) {
            try experiment.restore(from: directory.path(of: .checkpoint), config: resolved)
        }
        timings = Timings(resuming: directory.text(of: .timings), before: experiment.trainer.state.epoch)
        try directory.write(resolved.pretty, to: .config)
        try directory.write(experiment.summary.text(), to: .summaryText)
        try directory.write(experiment.summary.json.pretty, to: .summary)
        try writeCurves()
    }

    /// The epoch from which a resumed run goes on; 0 for a new one.
    package var firstEpoch: Int { experiment.trainer.state.epoch }

    /// Spent on all epochs so far, those before a resume included.
    package var seconds: Double { timings.seconds }

    /// Trains; what comes back says whether there are results.
    package func train(
        observers: [any TrainingObserver], shouldPause: () -> Bool
    ) throws -> TrainingOutcome {
        let outcome = try experiment.train(observers: [self] + observers, shouldPause: shouldPause)
        if outcome == .interrupted { try writeCheckpoint() }
        return outcome
    }

    /// Evaluates, writes what a finished run holds, and takes the checkpoint away.
    package func finish() throws -> RunResult {
        let result = try experiment.evaluate()
        try directory.write(experiment.network.weights.bytes, to: .model)
        try directory.write(result.classes.csv, to: .confusion)
        try directory.write(provenance.json(seconds: seconds, isFinished: true).pretty, to: .provenance)
        // The result comes last: where it is, everything else is too.
        try directory.write(result.json.pretty, to: .result)
        directory.remove(.checkpoint)
        return result
    }

    package func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        switch event {
        case .step(let progress):
            try noteProvenance(waiting: false)
            guard let every = checkpointEvery, progress.step % every == 0, progress.step < progress.steps else {
                return
            }
            try writeCheckpoint()
        case .epochEnded(let record, let seconds, let imagesPerSecond):
            timings.append(epoch: record.epoch, seconds: seconds, imagesPerSecond: imagesPerSecond)
            try writeCurves()
            try writeCheckpoint()
        case .epochBegan: break
        case .ended: try noteProvenance(waiting: true)
        }
    }

    /// Writes where the run comes from. The first steps do not wait for the data's checksums; a checkpoint does, so
    /// that whatever can be gone on from says what it comes from.
    private func noteProvenance(waiting: Bool) throws {
        guard !hasProvenance, waiting || experiment.data.areFingerprintsKnown else { return }
        try directory.write(provenance.json(seconds: seconds, isFinished: false).pretty, to: .provenance)
        hasProvenance = true
    }

    private func writeCurves() throws {
        let text = Curves.text(
            experiment.trainer.state.history, hasValidation: experiment.config.dataset.validation != nil)
        try directory.write(text, to: .curves)
        try directory.write(timings.text, to: .timings)
    }

    private func writeCheckpoint() throws {
        try noteProvenance(waiting: true)
        let checkpoint = try Safetensors(checkpointOf: experiment.training, config: resolved, data: experiment.data)
        try directory.write(checkpoint.sealedBytes, to: .checkpoint)
    }
}
