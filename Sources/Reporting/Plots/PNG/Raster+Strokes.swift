// Lines with a width, by distance: a pixel is covered as far as its middle lies within half the width of the line, give
// or take half a pixel. Round corners and ends come out by themselves, and where parts of a line overlap the nearest counts.

extension Raster {
    /// Paints polylines as one shape: where they cross they do not darken each other. A single point is a dot.
    mutating func stroke(_ lines: [[Drawing.Point]], width: Double, color: RGB, opacity: Double = 1) {
        let reach = width / 2 + 0.5
        guard let bounds = bounds(of: lines, reach: reach) else { return }
        var coverage = Coverage(columns: bounds.columns, rows: bounds.rows)
        for line in lines {
            if let point = line.first, line.count == 1 { coverage.add(from: point, to: point, reach: reach) }
            for (start, end) in zip(line, line.dropFirst()) { coverage.add(from: start, to: end, reach: reach) }
        }
        for y in bounds.rows {
            for x in bounds.columns {
                blend(x: x, y: y, color, Double(coverage[x, y]) * opacity)
            }
        }
    }

    private func bounds(of lines: [[Drawing.Point]], reach: Double) -> (columns: Range<Int>, rows: Range<Int>)? {
        var (left, top, right, bottom) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
        for line in lines {
            for point in line where point.x.isFinite && point.y.isFinite {
                (left, right) = (min(left, point.x), max(right, point.x))
                (top, bottom) = (min(top, point.y), max(bottom, point.y))
            }
        }
        let columns = columns(left - reach, right + reach)
        let rows = rows(top - reach, bottom + reach)
        return columns.isEmpty || rows.isEmpty ? nil : (columns, rows)
    }
}

/// How much of each pixel of a rectangle is covered.
private struct Coverage {
    let columns: Range<Int>
    let rows: Range<Int>
    private var shares: [Float]

    init(columns: Range<Int>, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
        shares = Array(repeating: 0, count: columns.count * rows.count)
    }

    subscript(x: Int, y: Int) -> Float {
        shares[(y - rows.lowerBound) * columns.count + x - columns.lowerBound]
    }

    /// Adds what lies within `reach` of a straight piece of line.
    mutating func add(from start: Drawing.Point, to end: Drawing.Point, reach: Double) {
        guard start.x.isFinite, start.y.isFinite, end.x.isFinite, end.y.isFinite else { return }
        let step = end - start
        let squared = step.x * step.x + step.y * step.y
        for y in clamped(min(start.y, end.y) - reach, max(start.y, end.y) + reach, to: rows) {
            // Only the part of the piece that is near this row can cover its pixels.
            let middle = Double(y) + 0.5
            var (from, to) = (0.0, 1.0)
            if step.y != 0 {
                let (above, below) = ((middle - reach - start.y) / step.y, (middle + reach - start.y) / step.y)
                (from, to) = (max(0, min(above, below)), min(1, max(above, below)))
            }
            guard from <= to else { continue }
            let (left, right) = (start.x + from * step.x, start.x + to * step.x)
            for x in clamped(min(left, right) - reach, max(left, right) + reach, to: columns) {
                let (dx, dy) = (Double(x) + 0.5 - start.x, middle - start.y)
                let along = squared > 0 ? min(1, max(0, (dx * step.x + dy * step.y) / squared)) : 0
                let (awayX, awayY) = (dx - along * step.x, dy - along * step.y)
                let share = Float(min(1, reach - (awayX * awayX + awayY * awayY).squareRoot()))
                let index = (y - rows.lowerBound) * columns.count + x - columns.lowerBound
                if share > shares[index] { shares[index] = share }
            }
        }
    }

    private func clamped(_ from: Double, _ to: Double, to range: Range<Int>) -> Range<Int> {
        let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
        let first = Int(min(high, max(low, from)).rounded(.down))
        return first..<max(first, Int(min(high, max(low, to)).rounded(.up)))
    }
}

/// A polyline cut into its dashes; without dashes, itself.
func dashed(_ line: [Drawing.Point], _ pattern: [Double]) -> [[Drawing.Point]] {
    let period = pattern.reduce(0, +)
    guard period > 0, pattern.allSatisfy({ $0 > 0 }), var place = line.first else { return [line] }
    var dashes: [[Drawing.Point]] = []
    var current = [place]
    var (index, left) = (0, pattern[0])
    for end in line.dropFirst() {
        var rest = place.distance(to: end)
        guard rest.isFinite else { return [line] }
        while rest > left {
            place = place + (end - place) * (left / rest)
            rest -= left
            if index % 2 == 0 {
                current.append(place)
                dashes.append(current)
            }
            current = [place]
            index += 1
            left = pattern[index % pattern.count]
        }
        left -= rest
        place = end
        if index % 2 == 0 { current.append(end) }
    }
    return index % 2 == 0 && current.count > 1 ? dashes + [current] : dashes
}
