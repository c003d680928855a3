import Reporting
import Schema

extension Comparison {
    /// For a terminal: as many columns as fit beside each other, the others below under the runs' names once more; the
    /// groups of sweeps after them, or alone.
    package func text(width: Int, withRuns: Bool = true) -> String {
        func text(_ table: TextTable) -> String {
            table.blocks(width: width, keeping: 1).map { $0.text(width: width) }.joined(separator: "\n")
        }
        return folded(rendered(withRuns: withRuns, text), to: width)
    }

    /// For a page.
    package func markdown(withRuns: Bool = true) -> String { rendered(withRuns: withRuns, \.markdown) }

    /// For a spreadsheet, with exact values, and nothing for what is unknown: every column of the runs, or every figure of
    /// the groups.
    package func csv(withRuns: Bool = true) -> String {
        guard withRuns else { return groups.csv }
        return CSV(header: columns.map(\.key), rows: runs.indices.map { row in columns.map { cell($0.values[row]) } })
            .text
    }

    /// For programs: every column of every run, the settings apart from the figures, for their names are the user's.
    package var json: JSON {
        let rows = runs.indices.map { row -> JSON in
            func members(_ columns: [ComparisonColumn]) -> [JSON.Member] {
                columns.map { JSON.Member($0.key, $0.values[row] ?? nil) }
            }
            let settings = columns.filter { settingKeys.contains($0.key) }
            let others = members(columns.filter { !settingKeys.contains($0.key) })
            let own: [JSON.Member] = [
                .init("directory", JSON(runs[row].directory)), .init("settings", JSON(.object(members(settings)))),
            ]
            return JSON(.object(others.prefix(1) + own + others.dropFirst()))
        }
        return [
            "smoothing": JSON(smoothing), "runs": JSON(.array(rows)), "groups": groups.json,
            "comparisons": groups.comparisonsJSON,
        ]
    }

    /// All tables, one after the other.
    private func rendered(withRuns: Bool, _ text: (TextTable) -> String) -> String {
        var parts = withRuns ? [text(Self.table(columns))] : []
        if !groups.groups.isEmpty {
            parts.append("\(ComparedGroups.meansTitle):\n\n\(text(Self.table(groupColumns)))")
        }
        let caution = groups.caution.map { [$0 + "\n"] } ?? []
        return (parts + groups.differenceTables.map(text) + caution).joined(separator: "\n")
    }

    /// What tells something.
    private static func table(_ columns: [ComparisonColumn]) -> TextTable {
        let shown = columns.filter { $0.isInTable && !$0.isEmpty }
        return TextTable(
            shown.map { TextTable.Column($0.title, isRight: $0.isNumber) },
            rows: (columns.first?.values ?? []).indices.map { row in shown.map { $0.texts[row] } })
    }
}
