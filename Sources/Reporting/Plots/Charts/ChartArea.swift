/// Where the data of a chart lie within its frame, and which place a value has.
struct ChartArea {
    let frame: Drawing.Box
    /// Within the axes.
    let inner: Drawing.Box
    let x: FittedAxis
    let y: FittedAxis
    /// Whether the names of categories are written slanted, because they would touch each other.
    let isSlanted: Bool

    private static let tickSize = 11.0

    init(frame: Drawing.Box, x: Axis, y: Axis, xValues: [Double], yValues: [Double], rightRoom: Double = 0) {
        self.frame = frame
        let fittedY = FittedAxis(y, values: yValues, mostTicks: max(2, Int(frame.height / 34)))
        let left = min(frame.width * 0.4, (fittedY.ticks.map { roomFor($0.label) }.max() ?? 0) + 8)
        let right = max(rightRoom, 8)
        let innerWidth = max(10, frame.width - left - right)
        var fittedX = FittedAxis(x, values: xValues, mostTicks: max(2, Int(innerWidth / 46)))
        // Long numbers need more room than a guess gave them.
        let widest = fittedX.ticks.map { roomFor($0.label) }.max() ?? 0
        var bottom = 18.0
        var isSlanted = false
        if case .categories = x.scale {
            isSlanted = widest > innerWidth / Double(max(1, fittedX.ticks.count)) - 4
            if isSlanted { bottom = min(frame.height * 0.4, min(widest, Self.longestSlanted) * 0.66 + 16) }
        } else if widest > 38 {
            fittedX = FittedAxis(x, values: xValues, mostTicks: max(2, Int(innerWidth / (widest + 14))))
        }
        if !x.label.isEmpty { bottom += 16 }
        self.isSlanted = isSlanted
        self.x = fittedX
        self.y = fittedY
        inner = Drawing.Box(
            x: frame.x + left, y: frame.y + 6, width: innerWidth, height: max(10, frame.height - 6 - bottom))
    }

    private static let longestSlanted = 150.0
    /// How much of a slanted name's length lies to the left of its tick.
    private static let slant = 0.77

    /// The place of a pair of values; nil if one has none. Values beyond the axes stay near the picture.
    func place(_ xValue: Double, _ yValue: Double) -> Drawing.Point? {
        guard let right = x.share(xValue), let up = y.share(yValue) else { return nil }
        let (boundRight, boundUp) = (min(3, max(-2, right)), min(3, max(-2, up)))
        return Drawing.Point(inner.x + boundRight * inner.width, inner.bottom - boundUp * inner.height)
    }

    /// Grid and ticks, on which the data are painted.
    func drawAxes(on drawing: inout Drawing) {
        for tick in y.ticks {
            guard let share = y.share(tick.value) else { continue }
            let height = crisp(inner.bottom - share * inner.height)
            drawing.add(.lines([[.init(inner.x, height), .init(inner.right, height)]], Drawing.Stroke(.grid)))
        }
        for tick in y.ticks {
            guard let share = y.share(tick.value) else { continue }
            let place = Drawing.Point(inner.x - 7, inner.bottom - share * inner.height + 4)
            drawing.add(
                label(
                    tick.label, at: place, within: frame.width * 0.4, size: Self.tickSize, paint: .muted, anchor: .end))
        }
        let base = crisp(inner.bottom)
        drawing.add(.lines([[.init(inner.x, base), .init(inner.right, base)]], Drawing.Stroke(.faint)))
        drawTicksOfX(base, on: &drawing)
        if !x.axis.label.isEmpty {
            drawing.add(
                label(
                    x.axis.label, at: .init(inner.middle.x, frame.bottom - 2), within: frame.width, paint: .muted,
                    anchor: .middle))
        }
    }

    private func drawTicksOfX(_ base: Double, on drawing: inout Drawing) {
        // Of many categories every so manieth is named.
        let room = inner.width / Double(max(1, x.ticks.count))
        let every = isSlanted ? max(1, Int((13 / max(room, 0.01)).rounded(.up))) : 1
        for (index, tick) in x.ticks.enumerated() where index % every == 0 {
            guard let share = x.share(tick.value) else { continue }
            let place = inner.x + share * inner.width
            drawing.add(.lines([[.init(crisp(place), base), .init(crisp(place), base + 4)]], Drawing.Stroke(.faint)))
            if isSlanted {
                // The first names must not reach beyond the frame.
                let room = max(60, (place + 4 - frame.x) / Self.slant)
                let short = shortened(tick.label, to: min(Self.longestSlanted, room))
                drawing.add(
                    .text(
                        Drawing.Label(
                            short, at: .init(place + 4, base + 14), paint: .muted, anchor: .end, angle: -40,
                            tip: short == tick.label ? nil : tick.label)))
            } else {
                drawing.add(
                    label(tick.label, at: .init(place, base + 16), within: inner.width, paint: .muted, anchor: .middle))
            }
        }
    }
}

/// A coordinate at which a line of one pixel covers one row, and not halves of two.
func crisp(_ value: Double) -> Double { value.rounded(.down) + 0.5 }
