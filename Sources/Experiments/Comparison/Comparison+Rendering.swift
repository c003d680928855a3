import Reporting
import Schema

extension Comparison {
    /// For a terminal: as many columns as fit beside each other, the others below under the runs' names once more.
    package func text(width: Int) -> String {
        table.blocks(width: width, keeping: 1).map { $0.text(width: width) }.joined(separator: "\n")
    }

    /// For a page.
    package var markdown: String { table.markdown }

    /// For a spreadsheet: every column, with exact values; what is unknown is empty.
    package var csv: String {
        CSV(header: columns.map(\.key), rows: runs.indices.map { row in columns.map { cell($0.values[row]) } }).text
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
        return ["smoothing": JSON(smoothing), "runs": JSON(.array(rows))]
    }

    /// What tells something about these runs.
    private var table: TextTable {
        let shown = columns.filter { $0.isInTable && !$0.isEmpty }
        return TextTable(
            shown.map { TextTable.Column($0.title, isRight: $0.isNumber) },
            rows: runs.indices.map { row in shown.map { $0.texts[row] } })
    }
}
