import Exchange
import Training

/// What an unfinished run resumes from: written after every epoch, at an interruption, and as often within an epoch as the
/// config asks for.
struct CheckpointOutput: RunOutput {
    static let files: [RunFile] = [.checkpoint]

    /// Whether a checkpoint is written after a step; never after the last of an epoch, which the epoch's own follows.
    static func isDue(after step: StepProgress, _ run: RunView) -> Bool {
        guard let every = run.config.training.checkpointEvery else { return false }
        return step.step % every == 0 && step.step < step.steps
    }

    func stepEnded(_ step: StepProgress, _ run: RunView) throws {
        if Self.isDue(after: step, run) { try write(run) }
    }

    func epochEnded(_ run: RunView) throws { try write(run) }

    func trainingEnded(_ outcome: TrainingOutcome, _ run: RunView) throws {
        // A run that diverged keeps its last checkpoint, from before that if it came up in a step.
        if outcome == .interrupted { try write(run) }
    }

    func finished(_ result: RunResult, _ run: RunView) throws {
        if !run.keepsCheckpoint { run.directory.remove(.checkpoint) }
    }

    private func write(_ run: RunView) throws {
        let checkpoint = try Safetensors(checkpointOf: run.training, config: run.resolved, data: run.data)
        try run.directory.write(checkpoint.sealedBytes, to: .checkpoint)
    }
}

extension RunFile {
    package static let checkpoint = RunFile(rawValue: "checkpoint.safetensors")
}
