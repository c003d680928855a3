extension Chart {
    /// More columns would be too narrow to be met by a pointer.
    private static let mostTargets = 150
    private static let mostTargetNames = 12

    /// Columns in which a pointer is told what every series has there. Clouds of points have none.
    func addTargets(_ area: ChartArea, on drawing: inout Drawing) {
        let told = series.filter { !$0.isSecondary }.prefix(Self.mostTargetNames)
        let columns = columns(of: Array(told), area)
        guard !columns.isEmpty else { return }
        let isCloud =
            columns.count > Self.mostTargets && series.contains { if case .points = $0.mark { true } else { false } }
        guard !isCloud else { return }
        let every = (columns.count + Self.mostTargets - 1) / Self.mostTargets
        let shown = stride(from: 0, to: columns.count, by: every).map { columns[$0] }
        for (index, column) in shown.enumerated() {
            let left = index == 0 ? area.inner.x : (shown[index - 1].place + column.place) / 2
            let right = index == shown.count - 1 ? area.inner.right : (column.place + shown[index + 1].place) / 2
            let box = Drawing.Box(x: left, y: area.inner.y, width: max(0, right - left), height: area.inner.height)
            drawing.add(.target(box, tip: "\(xText(column.x)): \(column.texts.joined(separator: ", "))"))
        }
    }

    private struct Column {
        var x: Double
        var place: Double
        var texts: [String]
    }

    /// What there is to tell, from left to right.
    private func columns(of series: [Series], _ area: ChartArea) -> [Column] {
        var texts: [Double: [String]] = [:]
        for series in series {
            var values: [Double: [Int]] = [:]
            for index in 0..<series.count where x.shows(series.x[index]) && y.shows(series.y[index]) {
                values[series.x[index], default: []].append(index)
            }
            for (x, indices) in values { texts[x, default: []].append(text(of: series, indices)) }
        }
        return texts.keys.sorted().map { x in
            let place = area.inner.x + (area.x.share(x) ?? 0) * area.inner.width
            return Column(x: x, place: place, texts: texts[x] ?? [])
        }
    }

    private func text(of series: Series, _ indices: [Int]) -> String {
        let name = series.name.isEmpty ? "" : "\(series.name.prefix(60)) "
        if indices.count == 1, series.texts.indices.contains(indices[0]) { return name + series.texts[indices[0]] }
        let values = indices.map { series.y[$0] }
        guard let low = values.min(), let high = values.max() else { return "" }
        if indices.count > 1 { return "\(name)\(metric(low)) to \(metric(high)) (\(indices.count) values)" }
        guard series.hasIntervals, series.low[indices[0]] < series.high[indices[0]] else { return name + metric(low) }
        return "\(name)\(metric(low)) (\(metric(series.low[indices[0]])) to \(metric(series.high[indices[0]])))"
    }

    /// `epoch 3`, or the category's name.
    private func xText(_ value: Double) -> String {
        if case .categories(let names) = x.scale, let index = Int(exactly: value), names.indices.contains(index) {
            return String(names[index].prefix(100))
        }
        return (x.label.isEmpty ? "" : "\(x.label.prefix(60)) ") + significant(value, digits: 6)
    }
}
