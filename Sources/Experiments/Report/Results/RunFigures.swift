/// What a report asks of a finished run; the run itself need no longer be there.
struct RunFigures: Sendable {
    /// Where the run lies; nil where only its figures were kept.
    var directory: String?
    /// Runs of other groups with the same one are its pairs.
    var repeated = TrialResult.Repeat()
    /// As many as have been run.
    var epochs = 0
    /// Trainable or not.
    var parameters: Int?
    /// Each with its epoch, if it is one of a single epoch.
    var values: [Figure: Double] = [:]
    /// What no figure depends on.
    var circumstances = RunCircumstances()

    /// The figure at the epoch that it names, or else at this one; nil where the run has none.
    func value(of figure: Figure, at common: EpochPlace) -> Double? { values[figure.placed(at: common)] }
}

extension RunFigures {
    /// Reads what is asked from a run's directory.
    init(of run: SavedRun, _ repeated: TrialResult.Repeat, asked: Set<Figure>) {
        directory = run.directory
        self.repeated = repeated
        epochs = run.curves.epochs
        parameters = run.parameters
        for figure in asked { values[figure] = figure.value(in: run) }
        circumstances = RunCircumstances(of: run.directory)
    }
}

extension RunFigures {
    /// With what the same run had when it was whole, where it is damaged now.
    func filled(from kept: RunFigures) -> RunFigures {
        guard epochs > 0 else { return kept }
        var filled = self
        filled.values.merge(kept.values) { own, _ in own }
        filled.parameters = parameters ?? kept.parameters
        filled.circumstances.trainable = circumstances.trainable ?? kept.circumstances.trainable
        filled.circumstances.threads = circumstances.threads ?? kept.circumstances.threads
        filled.circumstances.machine = circumstances.machine ?? kept.circumstances.machine
        filled.circumstances.medianSeconds = circumstances.medianSeconds ?? kept.circumstances.medianSeconds
        return filled
    }
}

extension Figure {
    /// With this epoch where it names none and has to.
    func placed(at common: EpochPlace) -> Figure {
        quantity.isOfOneEpoch && place == nil ? Figure(quantity: quantity, place: common) : self
    }

    /// The figure of every run that has it; nil where none has.
    func sample(of runs: [RunFigures], at common: EpochPlace) -> Sample? {
        let values = runs.compactMap { $0.value(of: self, at: common) }
        return values.isEmpty ? nil : Sample(values)
    }
}
