extension HeatMap {
    /// Where cells and names lie.
    private struct Layout {
        var left: Double
        var top: Double
        var cellWidth: Double
        var cellHeight: Double
        var isSlanted: Bool
    }

    private static let longestName = 120.0
    private static let barHeight = 34.0

    private func layout(width: Double) -> Layout {
        let names = rows.names.map { roomFor($0) }.max() ?? 0
        let left = min(Self.longestName, width * 0.3, names) + 10
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

    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        let layout = layout(width: frame.width)
        let cells = cells
        guard !cells.isEmpty else {
            drawing.add(label("no data", at: frame.middle, within: frame.width, paint: .muted, anchor: .middle))
            return
        }
        drawNames(layout, frame, on: &drawing)
        let colors = colors(cells)
        if cells.count <= Self.mostLivelyCells {
            drawCells(cells, colors, layout, frame, on: &drawing)
        } else {
            drawRuns(cells, colors, layout, frame, on: &drawing)
        }
        if textSize(layout, cells) != nil { drawTexts(cells, colors, layout, frame, on: &drawing) }
        if needsBar(layout) { drawBar(layout, frame, on: &drawing) }
    }

    /// Of more cells none has a text or a tip.
    private static let mostLivelyCells = 2500

    private func drawCells(
        _ cells: [Cell], _ colors: [(ramp: ColorRamp, share: Double)?], _ layout: Layout, _ frame: Drawing.Box,
        on drawing: inout Drawing
    ) {
        // Cells of one colour follow each other, so that SVG names the colour once.
        let names = colors.map(name)
        let order = cells.indices.sorted { (names[$0], $0) < (names[$1], $1) }
        let gap = min(layout.cellWidth, layout.cellHeight) >= 14 ? 1.0 : 0
        for index in order {
            let paint = colors[index].map { $0.ramp.paint($0.share) } ?? .grid
            let box = box(cells[index], layout, frame).inset(right: gap, bottom: gap)
            drawing.add(.rectangle(box, paint, tip: tip(cells[index])))
        }
    }

    /// Neighbours of one colour are one rectangle, and all rectangles of one colour one shape.
    private func drawRuns(
        _ cells: [Cell], _ colors: [(ramp: ColorRamp, share: Double)?], _ layout: Layout, _ frame: Drawing.Box,
        on drawing: inout Drawing
    ) {
        var boxes: [String: (paint: Paint, boxes: [Drawing.Box])] = [:]
        var last: String?
        for (cell, color) in zip(cells, colors) {
            let paint = color.map { $0.ramp.paint($0.share) } ?? .grid
            let box = box(cell, layout, frame)
            if cell.column > 0, paint.name == last, var run = boxes[paint.name]?.boxes.last {
                run.width = box.right - run.x
                boxes[paint.name]?.boxes.removeLast()
                boxes[paint.name]?.boxes.append(run)
            } else {
                boxes[paint.name, default: (paint, [])].boxes.append(box)
            }
            last = paint.name
        }
        for (_, run) in boxes.sorted(by: { $0.key < $1.key }) { drawing.add(.rectangles(run.boxes, run.paint)) }
    }

    private func box(_ cell: Cell, _ layout: Layout, _ frame: Drawing.Box) -> Drawing.Box {
        Drawing.Box(
            x: frame.x + layout.left + Double(cell.column) * layout.cellWidth,
            y: frame.y + layout.top + Double(cell.row) * layout.cellHeight, width: layout.cellWidth,
            height: layout.cellHeight)
    }

    private func name(_ color: (ramp: ColorRamp, share: Double)?) -> String {
        color.map { $0.ramp.paint($0.share).name } ?? ""
    }

    private func tip(_ cell: Cell) -> String {
        let value = cell.value.isFinite ? text(cell.value) : "no value"
        return "\(rows.names[cell.row].prefix(100)), \(columns.names[cell.column].prefix(100)): \(value)"
    }

    private func drawNames(_ layout: Layout, _ frame: Drawing.Box, on drawing: inout Drawing) {
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

    /// The size at which the longest text fits into a cell; nil if nobody could read it.
    private func textSize(_ layout: Layout, _ cells: [Cell]) -> Double? {
        guard cells.count <= Self.mostLivelyCells else { return nil }
        let widest = cells.filter(\.value.isFinite).map { roomFor(text($0.value), size: 10) }.max() ?? 0
        let size = min(12, layout.cellHeight * 0.6, (layout.cellWidth - 4) / max(widest, 1) * 10)
        return size >= 7 ? (size * 2).rounded(.down) / 2 : nil
    }

    private func drawTexts(
        _ cells: [Cell], _ colors: [(ramp: ColorRamp, share: Double)?], _ layout: Layout, _ frame: Drawing.Box,
        on drawing: inout Drawing
    ) {
        let size = textSize(layout, cells) ?? 0
        // One colour of text after the other, for the same reason.
        let inks = colors.map { $0.map { $0.ramp.ink(on: $0.share) } ?? .muted }
        let order = cells.indices.sorted { (inks[$0].name, $0) < (inks[$1].name, $1) }
        for index in order where cells[index].value.isFinite {
            let text = text(cells[index].value)
            let middle = box(cells[index], layout, frame).middle
            guard !text.isEmpty else { continue }
            drawing.add(
                .text(
                    Drawing.Label(
                        displayable(text), at: .init(middle.x - 0.5, middle.y + size * 0.36 - 0.5), size: size,
                        paint: inks[index], anchor: .middle)))
        }
    }

    private func needsBar(_ layout: Layout) -> Bool { textSize(layout, cells) == nil }

    /// What colours mean, where no numbers stand in the cells.
    private func drawBar(_ layout: Layout, _ frame: Drawing.Box, on drawing: inout Drawing) {
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
