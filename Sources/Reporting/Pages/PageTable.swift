/// A table that readers can sort by its headings. The first cell of a row is the row's own heading, unless it is empty.
package struct PageTable: Sendable {
    package struct Cell: Sendable, ExpressibleByStringLiteral {
        package var content: HTML
        /// What the cell is sorted by where its text does not say it: `34.8 kB`.
        package var rank: Double?
        package var tone: PageFact.Tone

        package init(_ content: HTML, rank: Double? = nil, tone: PageFact.Tone = .plain) {
            self.content = content
            self.rank = rank
            self.tone = tone
        }

        package init(_ text: String, rank: Double? = nil, tone: PageFact.Tone = .plain) {
            self.init(HTML(text), rank: rank, tone: tone)
        }

        package init(stringLiteral text: String) { self.init(text) }
    }

    package var caption: String
    package var columns: [TextTable.Column]
    /// As many cells as columns; those that a row lacks are empty.
    package var rows: [[Cell]]
    package var isSortable: Bool

    package init(_ caption: String, _ columns: [TextTable.Column], rows: [[Cell]], isSortable: Bool = true) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.isSortable = isSortable
    }

    /// A table for a terminal or for Markdown, whose `**strong**` cells are those that are not as they should be.
    package init(_ caption: String, _ table: TextTable, isSortable: Bool = true) {
        self.init(
            caption, table.columns,
            rows: table.rows.map { row in
                row.map { text in
                    let isStrong = text.hasPrefix("**") && text.hasSuffix("**") && text.count > 4
                    return isStrong ? Cell(String(text.dropFirst(2).dropLast(2)), tone: .bad) : Cell(text)
                }
            }, isSortable: isSortable)
    }

    var html: HTML {
        let heads: [HTML] = columns.map { "<th scope=\"col\"\(side($0))>\($0.title)</th>" }
        let sortable: HTML = isSortable && rows.count > 1 ? " class=\"sortable\"" : ""
        return """
            <div class="scroll" tabindex="0" role="group" aria-label="\(caption)"><table\(sortable)>
            <caption>\(caption)</caption>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows.map(html(of:)))</tbody>
            </table></div>

            """
    }

    private func html(of row: [Cell]) -> HTML {
        let cells = columns.enumerated().map { index, column -> HTML in
            let cell = index < row.count ? row[index] : ""
            let content: HTML = "\(cell.tone.mark)\(cell.content)"
            let rank: HTML = cell.rank.flatMap { $0.isFinite ? " data-rank=\"\("\($0)")\"" : nil } ?? ""
            let isLong = !column.isRight && cell.content.text.count > Self.longText
            return index == 0 && !cell.content.text.isEmpty
                ? "<th scope=\"row\"\(side(column, isLong: isLong))\(rank)>\(content)</th>"
                : "<td\(side(column, cell.tone, isLong: isLong))\(rank)>\(content)</td>"
        }
        return "<tr>\(cells)</tr>\n"
    }

    /// Words beyond this need a column that is not as narrow as can be.
    private static let longText = 24

    private func side(_ column: TextTable.Column, _ tone: PageFact.Tone = .plain, isLong: Bool = false) -> HTML {
        let words = [column.isRight ? "number" : nil, tone == .plain ? nil : tone.rawValue, isLong ? "long" : nil]
            .compactMap(\.self)
        return words.isEmpty ? "" : " class=\"\(words.joined(separator: " "))\""
    }
}
