// What stands around the cells.

extension HeatMap {
    func drawNames(_ layout: Layout, _ frame: Drawing.Box, on drawing: inout Drawing) {
        let base = frame.y + layout.top
        let everyRow = max(1, Int((13 / layout.cellHeight).rounded(.up)))
        for (index, name) in rows.names.enumerated() where index % everyRow == 0 {
            let y = base + (Double(index) + 0.5) * layout.cellHeight + 4
            drawing.add(
                label(
                    name, at: .init(frame.x + layout.left - 7, y), within: layout.left - 8, paint: .muted, anchor: .end)
            )
        }
        let everyColumn = layout.isSlanted ? max(1, Int((13 / layout.cellWidth).rounded(.up))) : 1
        for (index, name) in columns.names.enumerated() where index % everyColumn == 0 {
            let x = frame.x + layout.left + (Double(index) + 0.5) * layout.cellWidth
            if layout.isSlanted {
                let short = shortened(name, to: Self.longestName)
                drawing.add(
                    .text(
                        Drawing.Label(
                            short, at: .init(x + 2, base - 7), paint: .muted, angle: -40,
                            tip: short == name ? nil : String(name.prefix(1000)))))
            } else {
                drawing.add(
                    label(name, at: .init(x, base - 7), within: layout.cellWidth, paint: .muted, anchor: .middle))
            }
        }
        let sides = [rows.label.isEmpty ? "" : "↓ \(rows.label)", columns.label.isEmpty ? "" : "→ \(columns.label)"]
        let text = sides.filter { !$0.isEmpty }.joined(separator: "   ")
        if !text.isEmpty {
            drawing.add(label(text, at: .init(frame.x, frame.y + 12), within: frame.width, paint: .muted))
        }
    }

    /// What colours mean, where no numbers stand in the cells.
    func drawBar(_ layout: Layout, _ frame: Drawing.Box, on drawing: inout Drawing) {
        let all = cells
        let apart = diagonalStandsApart
        var x = frame.x + layout.left
        let y = frame.y + layout.top + Double(rows.names.count) * layout.cellHeight + 12
        let bars: [(ColorRamp, [Double], String)] =
            apart
            ? [
                (ramp, all.filter { $0.row == $0.column }.map(\.value), "diagonal"),
                (.orange, all.filter { $0.row != $0.column }.map(\.value), "others"),
            ] : [(ramp, all.map(\.value), "")]
        for (ramp, values, name) in bars {
            let extent = extent(values)
            let low = text(extent.lowerBound).isEmpty ? "0" : text(extent.lowerBound)
            let before = name.isEmpty ? low : "\(name)  \(low)"
            drawing.add(label(before, at: .init(x, y + 9), within: 120, paint: .muted))
            x += roomFor(before) + 6
            let steps = 25
            for step in 0..<steps {
                let box = Drawing.Box(x: x + Double(step) * 4, y: y, width: 4, height: 10)
                drawing.add(.rectangle(box, ramp.paint(Double(step) / Double(steps - 1)), tip: nil))
            }
            x += 106
            let after = text(extent.upperBound)
            drawing.add(label(after, at: .init(x, y + 9), within: 120, paint: .muted))
            x += roomFor(after) + 24
        }
    }
}
