import Schema

/// What runs have made of reports: every row with our figures beside the reported ones, and every claim decided.
package struct ReportResults: Sendable {
    /// One group of runs, or all groups of a row of which none is run: a line of the tables.
    struct Line: Sendable {
        /// What was reported of it.
        let said: ReportedRow
        /// What varies, in words.
        let label: String
        let values: [JSON.Member]
        /// How many groups it stands for.
        let combinations: Int
        /// The epoch of its figures unless they say it themselves.
        let at: EpochPlace
        let runs: [SavedRun]
        let circumstances: [RunCircumstances]
        let figures: [ComparedFigure]
    }

    /// A reported figure, ours, and what comes of it.
    struct ComparedFigure: Sendable {
        /// Parameters are known exactly and have no figure of a run.
        enum Subject: Sendable, Equatable {
            case figure(Figure)
            case parameters
            case trainable
        }

        let subject: Subject
        let reported: ReportedValue
        /// Over the seeds; nil without runs that have it.
        let ours: Sample?
        let judgement: Judgement
    }

    /// A report's lines and claims.
    struct Study: Sendable {
        let said: ReportedStudy
        let lines: [Line]
        let claims: [DecidedClaim]
    }

    /// What the file says.
    let file: ReportFile
    let studies: [Study]

    /// What could not be read, for people to hear of.
    package let errors: [any Error]
    /// What was left out because it was trained by another config.
    package let misfits: [String]

    /// Reads whatever runs of the plan lie below a folder.
    package init(_ plan: ReportPlan, runs root: String) {
        var archive = RunArchive(root)
        file = plan.file
        studies = plan.studies.map { study in
            Study(
                said: study.said, lines: study.rows.flatMap { Self.lines($0, of: study.said, in: &archive) },
                claims: study.claims.map { DecidedClaim($0, of: study.said, in: &archive) })
        }
        errors = archive.errors
        misfits = archive.misfits
    }

    /// All lines of all studies.
    var lines: [Line] { studies.flatMap(\.lines) }

    /// How many groups have no finished run, but for rows that say why there can be none.
    package var missing: Int {
        lines.filter { $0.runs.isEmpty && $0.said.notRun == nil }.reduce(0) { $0 + $1.combinations }
    }

    /// How many groups there are.
    package var count: Int { lines.reduce(0) { $0 + $1.combinations } }

    private static func lines(
        _ row: ReportPlan.Row, of study: ReportedStudy, in archive: inout RunArchive
    ) -> [Line] {
        let said = row.said
        let at = said.at ?? study.at
        func line(_ label: String, _ values: [JSON.Member], _ count: Int, _ found: [RunArchive.Found]) -> Line {
            let (runs, circumstances) = (found.map(\.run), found.map(\.circumstances))
            return Line(
                said: said, label: label, values: values, combinations: count, at: at, runs: runs,
                circumstances: circumstances,
                figures: compared(said, at: at, tolerance: study.tolerance, runs: runs, circumstances: circumstances))
        }
        let found = row.groups.map { archive.runs(of: $0, in: said.folder) }
        // Of a grid that is not run nobody wants to read thirty times that it is not.
        if row.groups.count != 1, found.allSatisfy(\.isEmpty) {
            let own = said.label ?? row.groups.first.map { words($0.values, said.settings.paths) } ?? ""
            let all = row.groups.isEmpty ? "" : "\(row.groups.count) combinations"
            return [line([own, all].filter { !$0.isEmpty }.joined(separator: ", "), [], max(row.groups.count, 1), [])]
        }
        return zip(row.groups, found).map { line(said.label(of: $0.values), $0.values, 1, $1) }
    }

    private static func compared(
        _ said: ReportedRow, at: EpochPlace, tolerance: Double, runs: [SavedRun], circumstances: [RunCircumstances]
    ) -> [ComparedFigure] {
        func exact(_ subject: ComparedFigure.Subject, _ reported: Int?, _ ours: [Int]) -> [ComparedFigure] {
            guard let reported else { return [] }
            let judgement: Judgement =
                ours.isEmpty ? .notRun : ours.allSatisfy { $0 == reported } ? .agrees : .disagrees
            return [
                ComparedFigure(
                    subject: subject, reported: .values([Double(reported)]),
                    ours: ours.isEmpty ? nil : Sample(ours.map(Double.init)), judgement: judgement)
            ]
        }
        let figures = said.reported.map { reported in
            let sample = Sample(runs.compactMap { reported.figure.value(in: $0, at: at) })
            let judgement =
                sample.count == 0
                ? .notRun
                : reported.value.judged(
                    by: sample.mean, isAccuracy: reported.figure.quantity.isAccuracy, tolerance: tolerance)
            return ComparedFigure(
                subject: .figure(reported.figure), reported: reported.value, ours: sample.count == 0 ? nil : sample,
                judgement: judgement)
        }
        return exact(.parameters, said.parameters, runs.compactMap(\.parameters))
            + exact(.trainable, said.trainable, circumstances.compactMap(\.trainable)) + figures
    }
}

extension ReportedRow {
    /// What tells a group from the others of the config, by the row's own word for what the row names.
    fileprivate func label(of values: [JSON.Member]) -> String {
        guard let label else { return words(values) }
        let others = Set(values.map(\.key)).subtracting(settings.paths)
        return [label, words(values, others)].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
