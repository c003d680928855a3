import Schema

/// One group of runs with what was reported of it, or all groups of a row of which none is run.
struct ReportLine: Sendable {
    /// What was reported.
    let said: ReportedRow
    /// What varies, in words.
    let label: String
    /// What varies, by its path.
    let values: [JSON.Member]
    /// How many groups it stands for.
    let combinations: Int
    /// The epoch of its figures unless they say it themselves.
    let at: EpochPlace
    /// One for each seed.
    let runs: [RunFigures]
    /// What was reported, beside ours.
    let figures: [ComparedFigure]

    /// What tables and programs are told of every run, whatever was reported.
    static let quantities: [Figure.Quantity] = [
        .loss, .accuracy, .validationLoss, .validationAccuracy, .testLoss, .testAccuracy,
    ]

    private init(
        _ said: ReportedRow, in study: ReportedStudy, label: String, values: [JSON.Member] = [], combinations: Int = 1,
        runs: [RunFigures] = []
    ) {
        self.said = said
        self.label = label
        self.values = values
        self.combinations = combinations
        at = said.at ?? study.at
        self.runs = runs
        figures = ComparedFigure.all(of: said, at: at, tolerance: study.tolerance, runs)
    }

    /// A line for each group of a row, or one for all that are not run: of a grid nobody wants to read it thirty times.
    static func lines(
        of row: ReportPlan.Row, in study: ReportedStudy, _ archive: inout RunArchive
    ) -> [ReportLine] {
        let said = row.said
        if said.notRun != nil { return [ReportLine(said, in: study, label: said.label ?? "")] }
        let found = row.groups.map { archive.runs(of: $0, in: said.folder) }
        if row.groups.count > 1, found.allSatisfy(\.isEmpty) {
            let common = row.groups[0].values.filter { value in row.groups.allSatisfy { $0.values.contains(value) } }
            let parts = [said.label ?? words(common), "\(found.count) combinations"]
            let label = parts.filter { !$0.isEmpty }.joined(separator: ", ")
            return [ReportLine(said, in: study, label: label, combinations: found.count)]
        }
        return zip(row.groups, found).map { group, found in
            ReportLine(said, in: study, label: said.label(of: group.values), values: group.values, runs: found)
        }
    }

    /// Training time of one run: its epochs, each as long as the median one.
    var seconds: Double? {
        let times = runs.compactMap { run in
            run.circumstances.medianSeconds.map { $0 * Double(run.epochs) }
        }
        return times.isEmpty ? nil : Sample(times).mean
    }

    /// Our figure over the seeds; nil where no run has it.
    func sample(_ quantity: Figure.Quantity) -> Sample? {
        Figure(quantity: quantity, place: nil).sample(of: runs, at: at)
    }
}

extension ReportedRow {
    /// What tells a group from the others of the config, by the row's own word for what the row names.
    func label(of values: [JSON.Member]) -> String {
        guard let label else { return words(values) }
        let others = Set(values.map(\.key)).subtracting(settings.paths)
        return [label, words(values, others)].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
