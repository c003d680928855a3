extension Chart {
    /// Rows of a terminal for the data alone.
    private static let rows = 12

    package func lines(width: Int, options: TextOptions) -> [String] {
        let yAxis = FittedAxis(
            y, values: series.flatMap { $0.y.prefix($0.count) + ($0.hasIntervals ? $0.low + $0.high : []) },
            mostTicks: Self.rows / 3 + 1)
        let labels = yAxis.ticks.map { options.shown($0.label) }
        let labelWidth = min(max(1, width / 3), labels.map(displayWidth).max() ?? 1)
        let columns = max(1, width - labelWidth - 2)
        let xAxis = FittedAxis(
            x, values: series.flatMap { $0.x.prefix($0.count) }, mostTicks: max(2, columns / 8))
        var canvas = DotCanvas(columns: columns, rows: Self.rows, options: options)
        let numbers = options.numbers(of: keys)
        for index in series.indices where !series[index].isSecondary {
            let dashes = options.dashes(numbers[index], isDashed: !series[index].dashes.isEmpty)
            draw(index, xAxis, yAxis, on: &canvas, dots: dashes.dots)
        }

        let names = rowLabels(yAxis, labels)
        let rows = canvas.lines(paints: series.map(\.paint), letters: numbers.map(TextOptions.letter))
        var lines = rows.enumerated().map { row, line in
            let name = truncated(names[row] ?? "", to: labelWidth)
            let wall = options.isASCII ? (names[row] == nil ? "|" : "+") : (names[row] == nil ? "│" : "┤")
            return options.style.dim(padded(name, to: labelWidth, toTheRight: true) + " " + wall) + line
        }
        if !hasData { lines[Self.rows / 2] = padded("", to: labelWidth + 2) + truncated("  no data", to: columns) }
        lines += axisLines(xAxis, labelWidth: labelWidth, columns: columns, options: options)
        return lines
    }

    private func draw(
        _ index: Int, _ xAxis: FittedAxis, _ yAxis: FittedAxis, on canvas: inout DotCanvas, dots: [Bool]
    ) {
        let series = series[index]
        let (right, bottom) = (Double(canvas.width - 1), Double(canvas.height - 1))
        let places = (0..<series.count).map { position -> Drawing.Point? in
            guard let x = xAxis.share(series.x[position]), let y = yAxis.share(series.y[position]) else { return nil }
            return Drawing.Point(min(3, max(-2, x)) * right, bottom - min(3, max(-2, y)) * bottom)
        }
        if case .points(let radius) = series.mark {
            for (position, place) in places.enumerated() {
                guard let place else { continue }
                let (column, row) = (Int(place.x.rounded()), Int(place.y.rounded()))
                canvas.set(column, row, owner: index)
                // A large point is a square of dots, where dots are small.
                if radius >= 3, canvas.height > canvas.rows {
                    for (x, y) in [(1, 0), (0, 1), (1, 1)] { canvas.set(column + x, row + y, owner: index) }
                }
                guard series.hasIntervals, let low = yAxis.share(series.low[position]),
                    let high = yAxis.share(series.high[position])
                else { continue }
                let ends = [low, high].map { Int((bottom - min(1, max(0, $0)) * bottom).rounded()) }
                for row in ends[1]...max(ends[0], ends[1]) { canvas.set(column, row, owner: index) }
            }
            return
        }
        for line in runs(places) {
            var count = 0
            let line = thinned(line)
            if line.count == 1 { canvas.set(Int(line[0].x.rounded()), Int(line[0].y.rounded()), owner: index) }
            for (start, end) in zip(line, line.dropFirst()) {
                canvas.line(from: start, to: end, owner: index, count: &count) { dots[$0 % dots.count] }
            }
        }
    }

    private func rowLabels(_ axis: FittedAxis, _ labels: [String]) -> [Int: String] {
        var names: [Int: String] = [:]
        for (tick, label) in zip(axis.ticks, labels) {
            guard let share = axis.share(tick.value), 0...1 ~= share else { continue }
            names[Int(((1 - share) * Double(Self.rows - 1)).rounded())] = label
        }
        return names
    }

    private func axisLines(
        _ axis: FittedAxis, labelWidth: Int, columns: Int, options: TextOptions
    ) -> [String] {
        var wall = Array(repeating: Character(options.isASCII ? "-" : "─"), count: columns)
        var names = Array(repeating: " ", count: columns)
        var free = 0
        for tick in axis.ticks {
            guard let share = axis.share(tick.value), 0...1 ~= share else { continue }
            let column = Int((share * Double(columns - 1)).rounded())
            let text = truncated(options.shown(tick.label), to: 16)
            let taken = displayWidth(text)
            let start = min(max(0, column - taken / 2), columns - taken)
            guard start >= free, start >= 0 else { continue }
            wall[column] = options.isASCII ? "+" : "┬"
            free = start + taken + 2
            guard taken > 0 else { continue }
            // A text has fewer characters than columns where some are wide.
            names.replaceSubrange(start..<start + taken, with: [text] + Array(repeating: "", count: taken - 1))
        }
        let indent = String(repeating: " ", count: labelWidth + 1)
        let corner = options.isASCII ? "+" : "└"
        var lines = [indent + corner + String(wall), indent + " " + names.joined()]
        if !x.label.isEmpty {
            let name = truncated(options.shown(x.label), to: columns)
            let blanks = String(repeating: " ", count: max(0, (columns - displayWidth(name)) / 2))
            lines.append(indent + " " + blanks + name)
        }
        return lines.map { options.style.dim($0.trimmedAtEnd) }
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
