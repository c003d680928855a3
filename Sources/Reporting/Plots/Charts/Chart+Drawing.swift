extension Chart {
    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        let area = area(in: frame)
        area.drawAxes(on: &drawing)
        guard hasData else {
            drawing.add(label("no data", at: area.inner.middle, within: frame.width, paint: .muted, anchor: .middle))
            return
        }
        for series in series where series.hasIntervals { drawIntervals(series, area, on: &drawing) }
        for series in series { draw(series, area, on: &drawing) }
        if labelsEnds { drawEndLabels(area, on: &drawing) }
        addTargets(area, on: &drawing)
        for annotation in annotations {
            guard let place = area.place(annotation.x, annotation.y), area.inner.contains(place) else { continue }
            let text = shortened(annotation.text, to: 160, size: annotation.size, isBold: true)
            drawing.add(
                .text(
                    Drawing.Label(
                        text, at: .init(place.x, place.y + annotation.size * 0.36), size: annotation.size,
                        anchor: .middle, isBold: true, hasHalo: true)))
        }
    }

    func area(in frame: Drawing.Box) -> ChartArea {
        ChartArea(
            frame: frame, x: x, y: y, xValues: series.flatMap { $0.x.prefix($0.count) },
            yValues: series.flatMap { series in
                series.y.prefix(series.count) + (series.hasIntervals ? series.low + series.high : [])
            }, rightRoom: labelsEnds ? endLabelRoom : 0)
    }

    var hasData: Bool {
        series.contains { series in
            (0..<series.count).contains { x.shows(series.x[$0]) && y.shows(series.y[$0]) }
        }
    }

    private func draw(_ series: Series, _ area: ChartArea, on drawing: inout Drawing) {
        let places = (0..<series.count).map { area.place(series.x[$0], series.y[$0]) }
        switch series.mark {
        case .points(let radius):
            let points = thinnedDots(places.compactMap { $0 }.filter { area.inner.contains($0) })
            drawing.add(.dots(points, radius: radius, series.paint, opacity: series.opacity))
        case .line:
            let runs = runs(places).flatMap { clipped($0, to: area.inner) }.map { thinned($0) }
            // A value between two gaps would be a line without length.
            let singles = runs.filter { $0.count == 1 }.map { $0[0] }
            let lines = runs.filter { $0.count > 1 }
            let width = series.isSecondary ? 1.2 : isAiry ? 2 : 1.4
            if !lines.isEmpty {
                drawing.add(
                    .lines(
                        lines,
                        Drawing.Stroke(series.paint, width: width, dashes: series.dashes, opacity: series.opacity)))
            }
            let dots = hasDots(series, area) ? runs.flatMap { $0 } : singles
            if !dots.isEmpty { drawing.add(.dots(dots, radius: 2.6, series.paint, opacity: 1)) }
        }
    }

    /// Dots show where the values are, as long as they do not touch each other.
    private func hasDots(_ series: Series, _ area: ChartArea) -> Bool {
        !series.isSecondary && series.dashes.isEmpty && isAiry && Double(series.count) * 14 <= area.inner.width
    }

    /// Whether lines are few enough to be wide.
    private var isAiry: Bool { series.count <= 10 }

    private func drawIntervals(_ series: Series, _ area: ChartArea, on drawing: inout Drawing) {
        let lows = (0..<series.count).map { area.place(series.x[$0], series.low[$0]) }
        let highs = (0..<series.count).map { area.place(series.x[$0], series.high[$0]) }
        switch series.mark {
        case .line:
            let both = zip(lows, highs).map { $0 != nil && $1 != nil }
            func kept(_ points: [Drawing.Point?]) -> [[Drawing.Point]] {
                runs(zip(points, both).map { $1 ? $0 : nil }).map { thinned($0.map { area.inner.nearest(to: $0) }) }
            }
            for (low, high) in zip(kept(lows), kept(highs)) where low.count > 1 {
                drawing.add(.area(high + low.reversed(), series.paint, opacity: 0.16))
            }
        case .points:
            let whiskers = zip(lows, highs).compactMap { low, high -> [Drawing.Point]? in
                guard let low, let high else { return nil }
                return [area.inner.nearest(to: low), area.inner.nearest(to: high)]
            }
            if !whiskers.isEmpty { drawing.add(.lines(whiskers, Drawing.Stroke(series.paint, width: 1.4))) }
        }
    }
}

// Names at the ends of lines.
extension Chart {
    private static let endLabelHeight = 13.0
    private static let longestEndLabel = 150.0

    private var endLabelRoom: Double {
        12 + min(Self.longestEndLabel, series.map { roomFor($0.name) }.max() ?? 0)
    }

    /// Whether every line ends at the right, each at another height.
    func hasRoomForEndLabels(width: Double) -> Bool {
        guard 2...6 ~= series.count, !series.contains(where: \.name.isEmpty), width >= 480 else { return false }
        let isLine = series.allSatisfy { if case .line = $0.mark { $0.count > 1 } else { false } }
        guard isLine, Set(series.map(\.name)).count == series.count else { return false }
        var chart = self
        chart.labelsEnds = true
        let area = chart.area(in: Drawing.Box(x: 0, y: 0, width: width, height: height))
        let ends = series.compactMap { area.end(of: $0) }
        guard ends.count == series.count, ends.allSatisfy({ $0.x > area.inner.right - area.inner.width * 0.1 })
        else { return false }
        let heights = ends.map(\.y).sorted()
        return zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 >= Self.endLabelHeight }
    }

    private func drawEndLabels(_ area: ChartArea, on drawing: inout Drawing) {
        for series in series {
            guard let end = area.end(of: series) else { continue }
            drawing.add(
                label(
                    series.name, at: .init(area.inner.right + 8, end.y + 4), within: Self.longestEndLabel,
                    paint: series.paint))
        }
    }
}

extension ChartArea {
    /// The last place of a line, as far as it is within the axes.
    fileprivate func end(of series: Chart.Series) -> Drawing.Point? {
        (0..<series.count).reversed().lazy.compactMap { self.place(series.x[$0], series.y[$0]) }.first
            .map { inner.nearest(to: $0) }
    }
}
