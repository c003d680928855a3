extension HeatMap {
    /// A table of the numbers, or where that is too wide a shade for each cell.
    package func lines(width: Int, options: TextOptions) -> [String] {
        let cells = cells
        guard !cells.isEmpty else { return ["no data"] }
        let texts = cells.map { $0.value.isFinite ? options.shown(text($0.value)) : "-" }
        let names = rows.names.map { options.shown($0) }
        let nameWidth = min(width / 3, names.map(displayWidth).max() ?? 0)
        let headings = columns.names.map { truncated(options.shown($0), to: 12) }
        let cellWidth = (texts + headings).map(displayWidth).max() ?? 1
        let count = columns.names.count
        let sides = truncated("rows: \(options.shown(rows.label)), columns: \(options.shown(columns.label))", to: width)
        let intro = rows.label.isEmpty && columns.label.isEmpty ? [] : [options.style.dim(sides)]
        if nameWidth + count * (cellWidth + 2) <= width {
            let heading =
                padded("", to: nameWidth) + headings.map { "  " + padded($0, to: cellWidth, toTheRight: true) }.joined()
            return intro + [options.style.dim(heading)]
                + names.indices.map { row in
                    padded(truncated(names[row], to: nameWidth), to: nameWidth)
                        + (0..<count).map { column in
                            "  "
                                + emphasized(
                                    padded(texts[row * count + column], to: cellWidth, toTheRight: true), row, column,
                                    options)
                        }.joined()
                }
        }
        let shades = Array(options.isASCII ? " .:*#" : " ░▒▓█")
        let colors = colors(cells)
        let room = max(0, width - nameWidth - 1)
        return intro
            + names.indices.map { row in
                let cells = (0..<min(count, room)).map { column in
                    colors[row * count + column].map { shades[Int(($0.share * 4).rounded())] } ?? "?"
                }
                return padded(truncated(names[row], to: nameWidth), to: nameWidth) + " " + String(cells)
            }
    }

    private func emphasized(_ text: String, _ row: Int, _ column: Int, _ options: TextOptions) -> String {
        diagonalStandsApart && row == column ? options.style.bold(text) : text
    }
}
