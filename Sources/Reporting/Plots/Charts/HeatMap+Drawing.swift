extension HeatMap {
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
}
