import Reporting
import Schema

extension Comparison {
    /// One page: what differs between the runs and what came of it, their curves, and the groups of sweeps.
    package func page(withRuns: Bool = true) -> Page {
        let sections = (withRuns ? [runsSection, curvesSection] : []) + [groupsSection, differencesSection]
        let sweeps = Set(groups.groups.map(\.directory)).count
        let parts = [
            "\(grouped(runs.count)) \(runs.count == 1 ? "run" : "runs")",
            sweeps == 0 ? nil : "\(grouped(sweeps)) \(sweeps == 1 ? "sweep" : "sweeps")",
        ]
        return Page(
            kind: "Comparison", title: parts.compactMap(\.self).joined(separator: ", "),
            sections: sections.compactMap(\.self))
    }

    private var runsSection: PageSection? {
        guard !runs.isEmpty else { return nil }
        return PageSection(
            "runs", "Runs",
            [
                .paragraph(
                    """
                    Settings that differ between the runs, then what came of them. Times depend on the machine and on what else \
                    it did.
                    """),
                .table(Self.pageTable("A row for each run", columns)),
            ])
    }

    /// Nobody tells more lines apart.
    private static var mostCurves: Int { 20 }

    private var curvesSection: PageSection? {
        let trained = runs.indices.filter { runs[$0].curves.epochs > 0 }
        guard let names = columns.first?.texts, !trained.isEmpty else { return nil }
        let shown = trained.prefix(Self.mostCurves)
        let picture = RunsPicture(
            runs: shown.map { runs[$0] }, names: shown.map { names[$0] }, style: CurveStyle())
        let rest: HTML =
            shown.count == trained.count
            ? "" : "The first \(grouped(shown.count)) of \(grouped(trained.count)) runs, in the order of the table."
        return PageSection(
            "curves", "Curves", [.figure(PageFigure(picture.plot, alt: "Curves of the runs", caption: rest))])
    }

    private var groupsSection: PageSection? {
        guard !groups.groups.isEmpty else { return nil }
        return PageSection(
            "groups", "Groups of repeats", [.table(Self.pageTable(ComparedGroups.meansTitle, groupColumns))])
    }

    private var differencesSection: PageSection? {
        let tables = groups.differenceTables
        guard !tables.isEmpty else { return nil }
        return PageSection(
            "differences", "Differences",
            [
                .paragraph(
                    """
                    The first group less the second. An interval that leaves out zero, or a small p, says that chance alone is \
                    an unlikely explanation.
                    """)
            ] + tables.map { .table(PageTable($0.columns.first?.title ?? "", $0, isSortable: false)) })
    }

    /// Columns that tell something, each cell sorted by its exact value.
    private static func pageTable(_ caption: String, _ columns: [ComparisonColumn]) -> PageTable {
        let shown = columns.filter { $0.isInTable && !$0.isEmpty }
        return PageTable(
            caption, shown.map { TextTable.Column($0.title, isRight: $0.isNumber) },
            rows: (columns.first?.values ?? []).indices.map { row in
                shown.map { PageTable.Cell($0.texts[row], rank: $0.values[row]?.finiteNumber) }
            })
    }
}

extension JSON {
    /// What a cell is sorted by.
    fileprivate var finiteNumber: Double? {
        switch content {
        case .integer(let integer): Double(integer)
        case .number(let number): number.isFinite ? number : nil
        default: nil
        }
    }
}
