import Training

/// Where the run comes from, once while it trains and once, with its duration, when it is finished.
struct ProvenanceOutput: RunOutput {
    static let files: [RunFile] = [.provenance]

    private var isWritten = false

    /// The first steps do not wait for the data's checksums. A checkpoint does, so that every run that can be resumed states
    /// its provenance.
    mutating func stepEnded(_ step: StepProgress, _ run: RunView) throws {
        guard !isWritten, run.data.areFingerprintsKnown || CheckpointOutput.isDue(after: step, run) else { return }
        try writeOnce(run)
    }

    mutating func epochEnded(_ run: RunView) throws { try writeOnce(run) }

    mutating func trainingEnded(_ outcome: TrainingOutcome, _ run: RunView) throws { try writeOnce(run) }

    func finished(_ result: RunResult, _ run: RunView) throws { try write(run, isFinished: true) }

    private mutating func writeOnce(_ run: RunView) throws {
        guard !isWritten else { return }
        try write(run, isFinished: false)
        isWritten = true
    }

    private func write(_ run: RunView, isFinished: Bool) throws {
        let json = run.provenance.json(seconds: run.timings.seconds, isFinished: isFinished)
        try run.directory.write(json.pretty, to: .provenance)
    }
}

extension RunFile {
    package static let provenance = RunFile(rawValue: "run.json")
}
