extension Plot {
    static let margin = 16.0
    private static let gap = 28.0
    private static let titleSize = 15.0
    private static let panelTitleSize = 12.0

    /// The picture as shapes.
    package var drawing: Drawing {
        var drawing = Drawing(width: width, height: 0, title: title, description: description)
        let room = width - 2 * Self.margin
        var y = Self.margin
        if !title.isEmpty {
            y += Self.titleSize
            drawing.add(
                label(title, at: .init(Self.margin, y - 2), within: room, size: Self.titleSize, isBold: true))
            y += 4
        }
        if !subtitle.isEmpty {
            y += 14
            drawing.add(label(subtitle, at: .init(Self.margin, y - 2), within: room, size: 12, paint: .muted))
            y += 4
        }
        let (panels, areLabeled) = labeledPanels
        let legend = Legend(areLabeled ? [] : keys)
        if !legend.isEmpty {
            y += 6
            y += legend.draw(at: Drawing.Point(Self.margin, y), width: room, on: &drawing)
        }
        y += 10
        y = draw(panels, from: y, on: &drawing)
        y += allNotes.isEmpty ? 0 : 6
        for note in allNotes {
            for line in wrapped(displayable(String(note.prefix(1000))), to: Int(room / 6)) {
                y += 14
                drawing.add(label(line, at: .init(Self.margin, y), within: room, size: 10.5, paint: .muted))
            }
        }
        drawing.height = (y + Self.margin).rounded(.up)
        return drawing
    }

    /// A single chart says its names at the ends of its lines, if they do not collide there.
    private var labeledPanels: (panels: [any PlotPanel], areLabeled: Bool) {
        guard panels.count == 1, var chart = panels[0] as? Chart,
            chart.hasRoomForEndLabels(width: width - 2 * Self.margin)
        else { return (panels, false) }
        chart.labelsEnds = true
        return ([chart], true)
    }

    /// Rows of panels; returns where the last ends.
    private func draw(_ panels: [any PlotPanel], from top: Double, on drawing: inout Drawing) -> Double {
        let columns = max(1, min(columns, panels.count))
        let room = width - 2 * Self.margin
        let panelWidth = (room - Self.gap * Double(columns - 1)) / Double(columns)
        var y = top
        for start in stride(from: 0, to: panels.count, by: columns) {
            let row = panels[start..<min(start + columns, panels.count)]
            let height = row.map { $0.height(forWidth: panelWidth) }.max() ?? 0
            let titleHeight = row.allSatisfy(\.title.isEmpty) ? 0 : 20.0
            if start > 0 { y += Self.gap / 2 }
            for (column, panel) in row.enumerated() {
                let x = Self.margin + Double(column) * (panelWidth + Self.gap)
                if !panel.title.isEmpty {
                    let place = Drawing.Point(x, y + Self.panelTitleSize)
                    drawing.add(
                        label(panel.title, at: place, within: panelWidth, size: Self.panelTitleSize, isBold: true))
                }
                panel.draw(
                    in: Drawing.Box(x: x, y: y + titleHeight, width: panelWidth, height: height), on: &drawing)
            }
            y += titleHeight + height
        }
        return y
    }

    /// What a screen reader says: the panels and what is in them.
    private var description: String {
        let panels = panels.map(\.title).filter { !$0.isEmpty }.joined(separator: ", ")
        let names = keys.prefix(20).map(\.name).joined(separator: ", ")
        return [subtitle, panels, names].filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
