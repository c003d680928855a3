/// Lines and points over two axes.
package struct Chart: PlotPanel {
    package struct Series: Sendable {
        package enum Mark: Sendable {
            case line
            case points(radius: Double)
        }

        package var name: String
        package var x: [Double]
        package var y: [Double]
        /// For each value where its interval begins and ends: bands of lines, whiskers of points.
        package var low: [Double]
        package var high: [Double]
        package var mark: Mark
        package var paint: Paint
        package var dashes: [Double]
        package var opacity: Double
        /// Thinner and without dots: what only accompanies other lines.
        package var isSecondary: Bool
        /// What a pointer is told of each value, where it is not what is drawn.
        package var texts: [String] = []

        /// A series that looks as the palette's member of a number.
        package init(
            _ name: String, x: [Double], y: [Double], low: [Double] = [], high: [Double] = [], mark: Mark = .line,
            member: Int = 0
        ) {
            self.init(
                name, x: x, y: y, low: low, high: high, mark: mark, paint: Palette.paint(member),
                dashes: Palette.dashes(member))
        }

        package init(
            _ name: String, x: [Double], y: [Double], low: [Double] = [], high: [Double] = [], mark: Mark = .line,
            paint: Paint, dashes: [Double] = [], opacity: Double = 1, isSecondary: Bool = false
        ) {
            self.name = name
            self.x = x
            self.y = y
            self.low = low
            self.high = high
            self.mark = mark
            self.paint = paint
            self.dashes = dashes
            self.opacity = opacity
            self.isSecondary = isSecondary
        }

        var count: Int { min(x.count, y.count) }
        var hasIntervals: Bool { low.count >= count && high.count >= count && count > 0 }
    }

    /// A text at a place of the data.
    package struct Annotation: Sendable {
        package var text: String
        package var x: Double
        package var y: Double
        package var size: Double

        package init(_ text: String, x: Double, y: Double, size: Double = 13) {
            self.text = text
            self.x = x
            self.y = y
            self.size = size
        }
    }

    package var title: String
    package var x: Axis
    package var y: Axis
    package var series: [Series]
    package var annotations: [Annotation]
    package var height: Double
    /// Whether names stand at the ends of lines rather than in a legend.
    var labelsEnds = false

    package init(
        _ title: String = "", x: Axis, y: Axis, _ series: [Series], annotations: [Annotation] = [],
        height: Double = 230
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.series = series
        self.annotations = annotations
        self.height = height
    }

    package func height(forWidth width: Double) -> Double { height }

    package var keys: [LegendKey] {
        series.map { series in
            let sample: LegendKey.Sample =
                switch series.mark {
                case .line: .line(dashes: series.dashes)
                case .points: .dot
                }
            return LegendKey(series.name, paint: series.paint, sample: sample, isSecondary: series.isSecondary)
        }
    }

    package var notes: [String] {
        var (missing, negative) = (0, 0)
        // What accompanies a series has its values once more.
        for series in series where !series.isSecondary {
            for index in 0..<series.count {
                if !series.x[index].isFinite || !series.y[index].isFinite {
                    missing += 1
                } else if !x.shows(series.x[index]) || !y.shows(series.y[index]) {
                    negative += 1
                }
            }
        }
        let place = title.isEmpty ? "" : "\(title): "
        return [
            missing > 0 ? "\(place)\(counted(missing, "value")) not finite and left out." : nil,
            negative > 0 ? "\(place)\(counted(negative, "value")) without a place on these axes and left out." : nil,
        ].compactMap { $0 }
    }
}

/// `1 value is`, `2 values are`.
private func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun) is" : "\(grouped(count)) \(noun)s are"
}
