/// Many settings and what came of them: an axis for each setting, a line for each trial, coloured by the last axis.
package struct ParallelCoordinates: PlotPanel {
    package struct Coordinate: Sendable {
        package var name: String
        package var axis: Axis
        /// For each line; with categories the number of the name.
        package var values: [Double]

        package init(_ name: String, axis: Axis, values: [Double]) {
            self.name = name
            self.axis = axis
            self.values = values
        }
    }

    package var title: String
    /// The last is the result, which decides the colours.
    package var coordinates: [Coordinate]
    /// Whether low results stand out rather than high ones, as for losses.
    package var isLowBest: Bool
    package var height: Double

    package init(
        _ title: String = "", _ coordinates: [Coordinate], isLowBest: Bool = false, height: Double = 300
    ) {
        self.title = title
        self.coordinates = coordinates
        self.isLowBest = isLowBest
        self.height = height
    }

    package func height(forWidth width: Double) -> Double { height }

    private var lineCount: Int { coordinates.map(\.values.count).max() ?? 0 }

    package var notes: [String] {
        let incomplete = (0..<lineCount).count { line in
            coordinates.contains { line >= $0.values.count || !$0.axis.shows($0.values[line]) }
        }
        guard incomplete > 0 else { return [] }
        return [
            incomplete == 1
                ? "1 line has a gap where a value is missing."
                : "\(grouped(incomplete)) lines have gaps where values are missing."
        ]
    }

    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        guard lineCount > 0, let last = coordinates.last else {
            drawing.add(label("no data", at: frame.middle, within: frame.width, paint: .muted, anchor: .middle))
            return
        }
        let axes = coordinates.map { FittedAxis($0.axis, values: $0.values, mostTicks: 6) }
        let labels = axes.map { $0.ticks.map { roomFor($0.label) }.max() ?? 0 }
        let right = min(frame.width * 0.25, labels.last ?? 0) + 10
        let left = min(frame.width * 0.25, (labels.first ?? 0) + 10)
        let inner = frame.inset(left: left, top: 24, right: right, bottom: 8)
        let step = coordinates.count > 1 ? inner.width / Double(coordinates.count - 1) : 0
        let places = (0..<lineCount).map { line in
            axes.indices.map { index -> Drawing.Point? in
                guard line < coordinates[index].values.count,
                    let share = axes[index].share(coordinates[index].values[line])
                else { return nil }
                return Drawing.Point(inner.x + Double(index) * step, inner.bottom - share * inner.height)
            }
        }
        drawLines(places, last, axes[axes.count - 1], on: &drawing)
        for index in axes.indices {
            let x = inner.x + Double(index) * step
            draw(
                axes[index], name: coordinates[index].name, at: x, isLast: index == axes.count - 1 && index > 0, inner,
                room: step, on: &drawing)
        }
    }

    /// The best are painted last, over the others.
    private func drawLines(
        _ places: [[Drawing.Point?]], _ result: Coordinate, _ axis: FittedAxis, on drawing: inout Drawing
    ) {
        func share(_ line: Int) -> Double? {
            guard line < result.values.count, let share = axis.share(result.values[line]) else { return nil }
            return isLowBest ? 1 - share : share
        }
        let order = places.indices.sorted { (share($0) ?? -1, $0) < (share($1) ?? -1, $1) }
        let width = places.count > 200 ? 0.7 : places.count > 40 ? 1.1 : 1.8
        for line in order {
            let paint = share(line).map { ColorRamp.result.paint($0) } ?? .faint
            let lines = runs(places[line]).filter { $0.count > 1 }
            if !lines.isEmpty { drawing.add(.lines(lines, Drawing.Stroke(paint, width: width))) }
        }
    }

    private func draw(
        _ axis: FittedAxis, name: String, at x: Double, isLast: Bool, _ inner: Drawing.Box, room: Double,
        on drawing: inout Drawing
    ) {
        let line = [Drawing.Point(crisp(x), inner.y), Drawing.Point(crisp(x), inner.bottom)]
        drawing.add(.lines([line], Drawing.Stroke(.faint)))
        let anchor: Drawing.Label.Anchor = isLast ? .end : x > inner.x ? .middle : .start
        let titleX = isLast ? x + 20 : x > inner.x ? x : x - 20
        drawing.add(
            label(
                name, at: .init(max(titleX, Plot.margin), inner.y - 12), within: max(60, room - 10), anchor: anchor,
                isBold: true))
        let every = max(1, Int((12 * Double(axis.ticks.count) / inner.height).rounded(.up)))
        for (index, tick) in axis.ticks.enumerated() where index % every == 0 {
            guard let share = axis.share(tick.value) else { continue }
            let y = inner.bottom - share * inner.height
            let within = max(30, room * 0.6)
            drawing.add(.lines([[.init(x - 3, crisp(y)), .init(x, crisp(y))]], Drawing.Stroke(.faint)))
            let short = shortened(tick.label, to: within)
            drawing.add(
                .text(
                    Drawing.Label(
                        short, at: .init(isLast ? x + 7 : x - 7, y + 4), paint: .muted, anchor: isLast ? .start : .end,
                        tip: short == displayable(tick.label) ? nil : String(tick.label.prefix(1000)), hasHalo: true)))
        }
    }
}
