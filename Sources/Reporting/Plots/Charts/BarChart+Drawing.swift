extension BarChart {
    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        guard !categories.isEmpty, extent.contains(where: \.isFinite) else {
            drawing.add(label("no data", at: frame.middle, within: frame.width, paint: .muted, anchor: .middle))
            return
        }
        if isHorizontal { drawHorizontal(frame, on: &drawing) } else { drawVertical(frame, on: &drawing) }
    }

    private func drawVertical(_ frame: Drawing.Box, on drawing: inout Drawing) {
        let area = ChartArea(
            frame: frame, x: Axis("", scale: .categories(categories)), y: axisFromZero, xValues: [], yValues: extent)
        area.drawAxes(on: &drawing)
        guard let zero = area.y.share(0) else { return }
        let base = area.inner.bottom - zero * area.inner.height
        let room = area.inner.width / Double(categories.count)
        let thickness = barThickness(room)
        for (group, index, share) in shares(area.y) {
            let x = area.inner.x + (Double(index) + 0.5) * room + offset(group, thickness) - thickness / 2
            let end = area.inner.bottom - share * area.inner.height
            let value = groups[group].values[index]
            let box = Drawing.Box(x: x, y: min(base, end), width: thickness, height: abs(base - end))
            drawing.add(.rectangle(box, groups[group].paint, tip: tip(group, index)))
            if let interval = interval(group, index, area.y) {
                let middle = x + thickness / 2
                let ends = [interval.0, interval.1].map {
                    Drawing.Point(middle, area.inner.bottom - $0 * area.inner.height)
                }
                drawing.add(.lines([ends], Drawing.Stroke(.ink, width: 1.2)))
            } else if let text, roomFor(text(value), size: 10) < room / Double(groups.count) {
                let place = Drawing.Point(x + thickness / 2, value < 0 ? end + 11 : end - 4)
                drawing.add(label(text(value), at: place, within: room, size: 10, paint: .muted, anchor: .middle))
            }
        }
    }

    private func drawHorizontal(_ frame: Drawing.Box, on drawing: inout Drawing) {
        let names = categories.map { roomFor($0) }.max() ?? 0
        let left = min(180, frame.width * 0.35, names) + 10
        let right =
            12 + (text.map { text in extent.filter(\.isFinite).map { roomFor(text($0), size: 10) }.max() ?? 0 } ?? 0)
        let bottom = axis.label.isEmpty ? 20.0 : 36
        let inner = frame.inset(left: left, right: right, bottom: bottom)
        let fitted = FittedAxis(axisFromZero, values: extent, mostTicks: max(2, Int(inner.width / 60)))
        drawValueAxis(fitted, inner, frame, on: &drawing)
        guard let zero = fitted.share(0) else { return }
        let base = inner.x + zero * inner.width
        let room = inner.height / Double(categories.count)
        let thickness = barThickness(room)
        for (index, category) in categories.enumerated() {
            let y = inner.y + (Double(index) + 0.5) * room + 4
            drawing.add(label(category, at: .init(inner.x - 8, y), within: left - 8, anchor: .end))
        }
        for (group, index, share) in shares(fitted) {
            let y = inner.y + (Double(index) + 0.5) * room + offset(group, thickness) - thickness / 2
            let end = inner.x + share * inner.width
            let box = Drawing.Box(x: min(base, end), y: y, width: abs(end - base), height: thickness)
            drawing.add(.rectangle(box, groups[group].paint, tip: tip(group, index)))
            var far = end
            if let interval = interval(group, index, fitted) {
                let ends = [interval.0, interval.1].map { Drawing.Point(inner.x + $0 * inner.width, y + thickness / 2) }
                drawing.add(.lines([ends], Drawing.Stroke(.ink, width: 1.2)))
                far = max(far, ends[1].x)
            }
            if let text {
                let place = Drawing.Point(far + 5, y + thickness / 2 + 3.5)
                drawing.add(label(text(groups[group].values[index]), at: place, within: right, size: 10, paint: .muted))
            }
        }
    }

    private func drawValueAxis(
        _ axis: FittedAxis, _ inner: Drawing.Box, _ frame: Drawing.Box, on drawing: inout Drawing
    ) {
        for tick in axis.ticks {
            guard let share = axis.share(tick.value) else { continue }
            let x = inner.x + share * inner.width
            let line = [Drawing.Point(crisp(x), inner.y), Drawing.Point(crisp(x), inner.bottom)]
            drawing.add(.lines([line], Drawing.Stroke(tick.value == 0 ? .faint : .grid)))
            drawing.add(label(tick.label, at: .init(x, inner.bottom + 15), within: 80, paint: .muted, anchor: .middle))
        }
        if !axis.axis.label.isEmpty {
            drawing.add(
                label(
                    axis.axis.label, at: .init(inner.middle.x, frame.bottom - 2), within: inner.width, paint: .muted,
                    anchor: .middle))
        }
    }

    /// Each bar that has a finite value, and where it ends.
    private func shares(_ axis: FittedAxis) -> [(group: Int, index: Int, share: Double)] {
        groups.indices.flatMap { group in
            groups[group].values.prefix(categories.count).enumerated().compactMap { index, value in
                axis.share(value).map { (group, index, min(1, max(0, $0))) }
            }
        }
    }

    private func interval(_ group: Int, _ index: Int, _ axis: FittedAxis) -> (Double, Double)? {
        let bars = groups[group]
        guard index < bars.low.count, index < bars.high.count, let low = axis.share(bars.low[index]),
            let high = axis.share(bars.high[index])
        else { return nil }
        return (min(1, max(0, low)), min(1, max(0, high)))
    }

    private func barThickness(_ room: Double) -> Double {
        min(groups.count > 1 ? 22 : 44, room * 0.72 / Double(max(1, groups.count)))
    }

    private func offset(_ group: Int, _ thickness: Double) -> Double {
        (Double(group) - Double(groups.count - 1) / 2) * (thickness + 1)
    }

    private func tip(_ group: Int, _ index: Int) -> String {
        let value = groups[group].values[index]
        let name = groups[group].name.isEmpty ? "" : "\(groups[group].name.prefix(100)), "
        return "\(name)\(categories[index].prefix(100)): \(text.map { $0(value) } ?? significant(value, digits: 5))"
    }
}
