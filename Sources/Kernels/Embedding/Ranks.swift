// How many points are nearer than a given one: ranks without sorting.

/// For each of some points and each of its `others`, the place that the other has among all points by distance, from
/// one.
package func ranks(
    _ shape: PackedPoints, of points: Range<Int>, others: UnsafePointer<UInt32>, perPoint: Int,
    x: UnsafePointer<Float>, packed: UnsafePointer<Float>, ranks: UnsafeMutablePointer<UInt32>
) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: PackedPoints.block * PackedPoints.chunk) { scores in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: PackedPoints.block * perPoint) { bars in
            for point in points {
                for place in 0..<perPoint {
                    let other = Int(others[point * perPoint + place])
                    bars[(point - points.lowerBound) * perPoint + place] =
                        shape.score(of: point, with: other, x: x, packed: packed)
                    ranks[point * perPoint + place] = 0
                }
            }
            shape.forEachRowOfScores(
                of: points, x: x, packed: packed, scores: scores.baseAddress!
            ) { point, columns, row in
                let bars = bars.baseAddress! + (point - points.lowerBound) * perPoint
                for place in 0..<perPoint {
                    ranks[point * perPoint + place] &+= countAbove(bars[place], row, columns.count)
                }
            }
        }
    }
    // The point itself was counted, as nearer than all others; where another is at the same place, it was not.
    for index in points.lowerBound * perPoint..<points.upperBound * perPoint { ranks[index] = max(ranks[index], 1) }
}

@inline(__always)
private func countAbove(_ bar: Float, _ row: UnsafePointer<Float>, _ count: Int) -> UInt32 {
    var above = LaneIntegers.zero
    let bar = Lanes(repeating: bar)
    for offset in stride(from: 0, to: count, by: laneCount) {
        // A mask's lanes are −1 where it is set.
        above &-= unsafeBitCast(row.lanes(at: offset) .> bar, to: LaneIntegers.self)
    }
    return UInt32(truncatingIfNeeded: above.wrappedSum())
}
