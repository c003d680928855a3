extension TextTable {
    /// The same as tables that fit beside each other where the whole would be wider than `width`: each begins with the
    /// first columns, so that its rows can be told apart, and takes as many of the others as it has room for.
    package func blocks(width: Int, keeping count: Int = 1) -> [TextTable] {
        let widths = naturalWidths(cells)
        let kept = Array(columns.indices.prefix(count))
        // Long words must leave room for something beside them.
        let room = max(width - min(total(kept.map { widths[$0] }), width / 2), 1)
        var blocks: [[Int]] = [[]]
        var used = 0
        for column in columns.indices.dropFirst(count) {
            let wanted = Self.gap.count + widths[column]
            if used + wanted > room, let last = blocks.last, !last.isEmpty {
                blocks.append([])
                used = 0
            }
            blocks[blocks.count - 1].append(column)
            used += wanted
        }
        return blocks.map { selecting(kept + $0) }
    }

    private func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1)
    }

    private func selecting(_ chosen: [Int]) -> TextTable {
        TextTable(chosen.map { columns[$0] }, rows: rows.map { row in chosen.map { $0 < row.count ? row[$0] : "" } })
    }
}
