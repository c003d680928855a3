/// Rows under aligned columns, for a terminal or for Markdown.
///
///     var table = TextTable(["layer", "output shape", .right("parameters")])
///     table.rows.append(["conv2d", "(26, 26, 32)", grouped(320)])
///     print(table.text(width: 80))
package struct TextTable: Sendable {
    /// A column's title and the side its cells keep to.
    package struct Column: Sendable, ExpressibleByStringLiteral {
        package let title: String
        package let isRight: Bool

        /// A column of words.
        package init(stringLiteral title: String) {
            self.init(title)
        }

        /// A column of words, or of numbers, which keep to the right.
        package init(_ title: String, isRight: Bool = false) {
            self.title = title
            self.isRight = isRight
        }

        /// A column of numbers.
        package static func right(_ title: String) -> Column {
            Column(title, isRight: true)
        }
    }

    /// From left to right.
    package var columns: [Column]

    /// From top to bottom; cells that a row lacks are empty, those beyond the last column are not shown.
    package var rows: [[String]]

    /// A table with the rows known so far.
    package init(_ columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// Lines of at most `width` columns, if it is given: the widest words are cut first, numbers last.
    package func text(width: Int? = nil) -> String {
        let cells = cells
        let widths = fitted(cells, to: width)
        let rule = zip(columns, widths).map { _, width in String(repeating: "─", count: width) }
        let lines = [cells[0], rule] + cells.dropFirst()
        return lines.map { line in
            var text = zip(zip(line, columns), widths).map { cell, width in
                padded(truncated(cell.0, to: width), to: width, toTheRight: cell.1.isRight)
            }.joined(separator: Self.gap)
            while text.last == " " { text.removeLast() }
            return width.map { truncated(text, to: $0) } ?? text
        }.joined(separator: "\n") + "\n"
    }

    /// The same as a table of Markdown, aligned in its source too.
    package var markdown: String {
        let cells = cells.map { row in row.map(markdownCell) }
        let widths = fitted(cells, to: nil).map { max($0, 3) }
        let rule = zip(columns, widths).map { column, width in
            column.isRight ? String(repeating: "-", count: width - 1) + ":" : String(repeating: "-", count: width)
        }
        let lines = [cells[0], rule] + cells.dropFirst()
        return lines.map { line in
            let cells = zip(zip(line, columns), widths).map { cell, width in
                padded(cell.0, to: width, toTheRight: cell.1.isRight)
            }
            return "| \(cells.joined(separator: " | ")) |\n"
        }.joined()
    }

    /// What stands between columns.
    static let gap = "  "

    /// The titles, then every row, with as many cells as there are columns.
    var cells: [[String]] {
        ([columns.map(\.title)] + rows).map { row in
            columns.indices.map { $0 < row.count ? displayable(row[$0]) : "" }
        }
    }

    /// What each column would take if there were room enough.
    func naturalWidths(_ cells: [[String]]) -> [Int] {
        columns.indices.map { column in cells.map { displayWidth($0[column]) }.max() ?? 0 }
    }

    private func fitted(_ cells: [[String]], to width: Int?) -> [Int] {
        var widths = naturalWidths(cells)
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * max(0, columns.count - 1) - width
        while excess > 0 {
            let words = columns.indices.filter { !columns[$0].isRight && widths[$0] > Self.leastWords }
            let any = columns.indices.filter { widths[$0] > 1 }
            guard let widest = (words.isEmpty ? any : words).max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// Words cut below this say nothing any more; from there on numbers are cut too.
    private static let leastWords = 6
}
