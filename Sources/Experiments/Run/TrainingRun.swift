import Schema
import Training

/// Trains an experiment in a run directory, where each of `RunOutputs` writes its files.
package final class TrainingRun: TrainingObserver {
    package let experiment: Experiment
    private var view: RunView
    private var outputs: [any RunOutput]
    /// What the test images say, once training has come to its end.
    private var result: RunResult?

    /// Resumes from the checkpoint if there is one, then writes what is known before training. Outputs that are left out of
    /// the list write no files.
    package init(
        _ experiment: Experiment, resolved: JSON, in directory: RunDirectory, provenance: Provenance,
        outputs: [any RunOutput.Type] = RunOutputs.all, keepsCheckpoint: Bool = false
    ) throws {
        self.experiment = experiment
        self.outputs = outputs.map { $0.init() }
        directory.removePartialFiles()
        experiment.keepFeatures(inFileIn: directory.path)
        if directory.has(.checkpoint) {
            try experiment.restore(from: directory.path(of: .checkpoint), config: resolved)
            // A finished run that goes on is finished no more, and what shows it must not outlive it.
            for file in [.result, .confusion] + RunOutputs.pictures { directory.remove(file) }
        }
        let epoch = experiment.training.state.epoch
        view = RunView(
            config: experiment.config, resolved: resolved, summary: experiment.summary, data: experiment.data,
            provenance: provenance, directory: directory, hasPictures: outputs.contains { $0.isPicture },
            training: experiment.training, network: experiment.network,
            timings: Timings(resuming: try directory.text(of: .timings), before: epoch),
            keepsCheckpoint: keepsCheckpoint)
        try tell { output, run in try output.runBegan(run) }
    }

    package var directory: RunDirectory { view.directory }

    /// The epoch at which a resumed run continues; 0 for a new one.
    package var firstEpoch: Int { view.training.state.epoch }

    /// The time spent on all epochs so far, including those before a resume.
    package var seconds: Double { view.timings.seconds }

    /// Trains to the end and evaluates, or until `shouldPause` returns true. `guards` are told before anything is written of it,
    /// `observers` after. Unless it was interrupted or diverged, `finish` comes next.
    package func train(
        observers: [any TrainingObserver], after guards: [any TrainingObserver] = [], shouldPause: () -> Bool
    ) throws -> TrainingOutcome {
        var outcome = try experiment.train(observers: guards + [self] + observers, shouldPause: shouldPause)
        if outcome.isEnd {
            view.network = experiment.network
            let result = try experiment.evaluate()
            self.result = result
            // The last step of all is followed by no other whose loss would show what it did.
            if !result.test.loss.isFinite { outcome = .diverged(Divergence(testLoss: result.test.loss)) }
        }
        try tell { output, run in try output.trainingEnded(outcome, run) }
        return outcome
    }

    /// Writes the results, after which there is nothing left to resume.
    package func finish() throws -> RunResult {
        guard let result else { preconditionFailure("training has not come to its end") }
        try tell { output, run in try output.finished(result, run) }
        return result
    }

    package func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        view.training = training
        switch event {
        case .step(let progress):
            try tell { output, run in try output.stepEnded(progress, run) }
        case .epochEnded(let record, let seconds, let imagesPerSecond):
            view.timings.append(epoch: record.epoch, seconds: seconds, imagesPerSecond: imagesPerSecond)
            try tell { output, run in try output.epochEnded(run) }
        case .epochBegan, .phaseBegan, .ended: break
        }
    }

    private func tell(_ moment: (inout any RunOutput, RunView) throws -> Void) rethrows {
        // One copy for all outputs, because this happens after every step.
        let run = view
        for index in outputs.indices { try moment(&outputs[index], run) }
    }
}
