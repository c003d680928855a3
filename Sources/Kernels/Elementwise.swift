// The plain arithmetic between other operations.

/// y = x · scale + offset.
package func rescale(
    count: Int, x: UnsafePointer<Float>, scale: Float, offset: Float, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        let result = Lanes(repeating: offset).adding((x + at).lanes(count: count), times: Lanes(repeating: scale))
        (y + at).store(result, count: count)
    }
}

/// y = a + b; y may be either.
package func addElements(
    count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        (y + at).store((a + at).lanes(count: count) + (b + at).lanes(count: count), count: count)
    }
}

/// The sum of `parts` rows, each `stride` apart, in their order, for one range of columns.
package func sumParts(
    parts: Int, stride: Int, range: Range<Int>, from rows: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
) {
    let rows = rows + range.lowerBound
    let result = result + range.lowerBound
    forEachVector(range.count) { at, count in
        var sum = (rows + at).lanes(count: count)
        for part in 1..<max(parts, 1) { sum += (rows + part * stride + at).lanes(count: count) }
        (result + at).store(sum, count: count)
    }
}

/// Adds the sum over all rows of `columns` floats to `sums`: the gradient of a bias.
///
/// Each call's sum is finished before it is added, as for kernels.
package func addColumnSums(
    rows: Int, columns: Int, x: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>
) {
    forEachVector(columns) { column, count in
        var sum = Lanes.zero
        let whole = wholeVectorRows(rows: rows, columns: columns, from: column)
        for row in 0..<whole { sum += (x + row * columns + column).lanes() }
        for row in whole..<rows { sum += (x + row * columns + column).lanes(count: count) }
        let target = sums + column
        target.store(target.lanes(count: count) + sum, count: count)
    }
}

/// How many rows may be read a whole vector at a time from a column on: what a vector reads beyond its row then
/// belongs to the rows that follow, and its lanes are not used.
@inline(__always)
func wholeVectorRows(rows: Int, columns: Int, from column: Int) -> Int {
    let last = rows * columns - column - laneCount
    return last < 0 ? 0 : min(rows, last / columns + 1)
}
