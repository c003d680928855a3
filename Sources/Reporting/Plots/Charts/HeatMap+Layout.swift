extension HeatMap {
    /// Where cells and names lie.
    struct Layout {
        var left: Double
        var top: Double
        var cellWidth: Double
        var cellHeight: Double
        var isSlanted: Bool
    }

    static let longestName = 120.0
    /// Of a row, which stands beside its cells.
    private static let longestRowName = 180.0
    private static let barHeight = 34.0

    func layout(width: Double) -> Layout {
        let names = rows.names.map { roomFor($0) }.max() ?? 0
        let left = min(Self.longestRowName, width * 0.3, names) + 10
        let widest = columns.names.map { roomFor($0) }.max() ?? 0
        func cells(_ room: Double) -> Double {
            min(isSquare ? 44 : 96, max(20, room) / Double(max(1, columns.names.count)))
        }
        let isSlanted = widest > cells(width - left - 2) - 4
        // The last slanted name reaches beyond its column.
        let overhang = isSlanted ? max(0, min(Self.longestName, widest) * 0.77) : 0
        let cellWidth = cells(width - left - 2 - overhang)
        let cellHeight = isSquare ? cellWidth : min(34, max(3, min(cellWidth, 34)))
        var top = isSlanted ? min(Self.longestName, widest) * 0.66 + 12 : 18
        if !columns.label.isEmpty || !rows.label.isEmpty { top += 18 }
        return Layout(left: left, top: top, cellWidth: cellWidth, cellHeight: cellHeight, isSlanted: isSlanted)
    }

    package func height(forWidth width: Double) -> Double {
        let layout = layout(width: width)
        return layout.top + layout.cellHeight * Double(max(1, rows.names.count))
            + (needsBar(layout) ? Self.barHeight : 2)
    }

    /// Of more cells none has a text or a tip.
    static let mostLivelyCells = 2500

    /// The size at which the longest text fits into a cell; nil if nobody could read it.
    func textSize(_ layout: Layout, _ cells: [Cell]) -> Double? {
        guard cells.count <= Self.mostLivelyCells else { return nil }
        let widest = cells.filter(\.value.isFinite).map { roomFor(text($0.value), size: 10) }.max() ?? 0
        let size = min(12, layout.cellHeight * 0.6, (layout.cellWidth - 4) / max(widest, 1) * 10)
        return size >= 7 ? (size * 2).rounded(.down) / 2 : nil
    }

    /// Whether colours need an explanation.
    func needsBar(_ layout: Layout) -> Bool { textSize(layout, cells) == nil }
}
