// Polygons, by signed areas: every edge adds to the pixels of its rows how much of them lies to its right, upward edges
// with the other sign; the running sum along a row is then the share of each pixel that is inside.

extension Raster {
    mutating func fill(_ points: [Drawing.Point], color: RGB, opacity: Double = 1) {
        guard points.count > 2, points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return }
        let (ys, xs) = (points.map(\.y), points.map(\.x))
        let rows = rows(ys.min() ?? 0, ys.max() ?? 0)
        let columns = columns(xs.min() ?? 0, xs.max() ?? 0)
        guard !rows.isEmpty, !columns.isEmpty else { return }
        var area = SignedArea(columns: columns, rows: rows)
        for (start, end) in zip(points, points.dropFirst() + [points[0]]) { area.add(from: start, to: end) }
        for y in rows {
            var sum = 0.0
            for x in columns {
                sum += Double(area.change(x, y))
                blend(x: x, y: y, color, min(1, abs(sum)) * opacity)
            }
        }
    }
}

private struct SignedArea {
    let columns: Range<Int>
    let rows: Range<Int>
    private let stride: Int
    private var changes: [Float]

    init(columns: Range<Int>, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
        // One more column takes what an edge in the last pixel adds to the next.
        stride = columns.count + 1
        changes = Array(repeating: 0, count: stride * rows.count)
    }

    func change(_ x: Int, _ y: Int) -> Float {
        changes[(y - rows.lowerBound) * stride + x - columns.lowerBound]
    }

    mutating func add(from start: Drawing.Point, to end: Drawing.Point) {
        guard start.y != end.y else { return }
        let (upper, lower, sign) = start.y < end.y ? (start, end, 1.0) : (end, start, -1.0)
        let slope = (lower.x - upper.x) / (lower.y - upper.y)
        let first = max(Double(rows.lowerBound), upper.y)
        let last = min(Double(rows.upperBound), lower.y)
        guard first < last else { return }
        for y in Int(first)..<max(Int(first) + 1, Int(last.rounded(.up))) {
            let (top, bottom) = (max(Double(y), first), min(Double(y + 1), last))
            let left = upper.x + (top - upper.y) * slope
            let right = upper.x + (bottom - upper.y) * slope
            add(row: y, from: min(left, right), to: max(left, right), height: sign * (bottom - top))
        }
    }

    /// Adds a piece of an edge within one row, pixel by pixel along its width.
    private mutating func add(row: Int, from left: Double, to right: Double, height: Double) {
        let low = Double(columns.lowerBound)
        let high = Double(columns.upperBound)
        let (left, right) = (min(high, max(low, left)), min(high, max(low, right)))
        var x = left
        repeat {
            let column = min(Int(x), columns.upperBound - 1)
            let next = min(right, Double(column + 1))
            let share = right > left ? height * (next - x) / (right - left) : height
            // Of this pixel only what lies to the right of the edge; of the next pixels all.
            let covered = share * (Double(column + 1) - (x + next) / 2)
            let index = (row - rows.lowerBound) * stride + column - columns.lowerBound
            changes[index] += Float(covered)
            changes[index + 1] += Float(share - covered)
            guard next < right else { return }
            x = next
        } while true
    }
}
