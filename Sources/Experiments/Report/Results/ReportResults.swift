import Schema

/// What runs have made of reports: every row with our figures beside the reported ones, and every claim decided.
package struct ReportResults: Sendable {
    /// A report's lines and claims.
    struct Study: Sendable {
        let said: ReportedStudy
        let lines: [ReportLine]
        let claims: [DecidedClaim]

        /// What came of each figure that can be judged.
        var judged: [Judgement] { lines.flatMap(\.figures).map(\.judgement).filter { $0.isFine != nil } }

        /// The claims of which both sides have the figure.
        var decided: [DecidedClaim] { claims.filter { $0.comparison != nil } }
    }

    /// What the file says.
    let file: ReportFile
    /// Where it lies.
    let folder: String
    /// In its order.
    let studies: [Study]

    /// What could not be read, for people to hear of.
    package let errors: [any Error]
    /// What was left out because it was trained by another config.
    package let misfits: [String]
    /// The figures of every run, to be kept for when the runs are gone.
    package let kept: KeptFigures

    /// Reads whatever runs of the plan lie below a folder, and takes those that do not from what an earlier report has kept.
    package init(_ plan: ReportPlan, runs root: String, kept: KeptFigures = KeptFigures()) {
        var archive = RunArchive(root, asked: plan.figures, kept: kept)
        file = plan.file
        folder = plan.folder
        studies = plan.studies.map { study in
            Study(
                said: study.said, lines: study.rows.flatMap { ReportLine.lines(of: $0, in: study.said, &archive) },
                claims: study.claims.map { DecidedClaim($0, of: study.said, in: &archive) })
        }
        errors = archive.errors
        misfits = archive.misfits
        self.kept = archive.kept
    }

    /// Of all studies.
    var lines: [ReportLine] { studies.flatMap(\.lines) }

    /// How many groups have no finished run, but for rows that say why there can be none.
    package var missing: Int {
        lines.filter { $0.runs.isEmpty && $0.said.notRun == nil }.reduce(0) { $0 + $1.combinations }
    }

    /// How many groups there are.
    package var count: Int { lines.reduce(0) { $0 + $1.combinations } }

    /// How many runs there are, and how many of them only as figures that were kept.
    package var runCounts: (all: Int, kept: Int) {
        let runs = lines.flatMap(\.runs)
        return (runs.count, runs.count { $0.directory == nil })
    }
}
