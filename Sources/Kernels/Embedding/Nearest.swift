// The nearest of all other points, found by looking at each of them.
//
// Scores are compared a vector at a time with the worst score kept so far; few pass, and those enter a heap.

/// Which neighbours are wanted.
package struct NearestShape: Sendable {
    package let packed: PackedPoints
    /// Neighbours of each point.
    package let neighbours: Int

    package init(_ packed: PackedPoints, neighbours: Int) {
        precondition(neighbours > 0 && neighbours < packed.shape.count)
        self.packed = packed
        self.neighbours = neighbours
    }

    /// Scores are differences of large numbers. Some more candidates are kept, and true distances decide among them.
    fileprivate var candidates: Int { min(neighbours + 16, packed.shape.count - 1) }
}

/// The neighbours of some points, nearest first, the lower index first where distances are equal.
package func nearest(
    _ shape: NearestShape, of points: Range<Int>, x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    indices: UnsafeMutablePointer<UInt32>, squaredDistances: UnsafeMutablePointer<Float>
) {
    let candidates = shape.candidates
    withUnsafeTemporaryAllocation(of: Float.self, capacity: PackedPoints.block * PackedPoints.chunk) { scores in
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: PackedPoints.block * candidates) { keys in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: PackedPoints.block) { counts in
                counts.initialize(repeating: 0)
                shape.packed.forEachRowOfScores(
                    of: points, x: x, packed: packed, scores: scores.baseAddress!
                ) { point, columns, row in
                    let place = point - points.lowerBound
                    var heap = Heap(
                        keys: keys.baseAddress! + place * candidates, count: counts[place], capacity: candidates)
                    heap.take(row, columns, except: point)
                    counts[place] = heap.count
                }
                for point in points {
                    let found = keys.baseAddress! + (point - points.lowerBound) * candidates
                    sortByDistance(found, candidates, from: point, shape.packed.shape, x)
                    for place in 0..<shape.neighbours {
                        let target = point * shape.neighbours + place
                        indices[target] = UInt32(truncatingIfNeeded: found[place])
                        squaredDistances[target] = Float(bitPattern: UInt32(found[place] >> 32))
                    }
                }
            }
        }
    }
}

/// Replaces candidates by their true distances, in order. The bits of distances are ordered as the distances are.
private func sortByDistance(
    _ keys: UnsafeMutablePointer<UInt64>, _ count: Int, from point: Int, _ shape: PointShape, _ x: UnsafePointer<Float>
) {
    for place in 0..<count {
        let other = Int(UInt32(truncatingIfNeeded: keys[place]))
        let distance = squaredDistance(shape, x + point * shape.stride, x + other * shape.stride)
        keys[place] = UInt64(distance.bitPattern) << 32 | UInt64(other)
    }
    var sorted = UnsafeMutableBufferPointer(start: keys, count: count)
    sorted.sort()
}

/// The best candidates so far, the worst of them on top.
///
/// A key is the score, such that a better score is a lower key, and then the index.
private struct Heap {
    let keys: UnsafeMutablePointer<UInt64>
    var count: Int
    let capacity: Int

    /// Only better scores are kept.
    private var bar: Float { count < capacity ? -.greatestFiniteMagnitude : Self.score(keys[0]) }

    @inline(__always)
    mutating func take(_ row: UnsafePointer<Float>, _ columns: Range<Int>, except point: Int) {
        var bar = bar
        for offset in stride(from: 0, to: columns.count, by: laneCount) {
            var better = (row.lanes(at: offset) - bar).rectified.nonZeroLanes
            while better != 0 {
                let lane = better.trailingZeroBitCount
                better &= better &- 1
                let index = columns.lowerBound + offset + lane
                guard index != point, row[offset + lane] > bar else { continue }
                insert(Self.key(row[offset + lane], index))
                bar = self.bar
            }
        }
    }

    private static func key(_ score: Float, _ index: Int) -> UInt64 {
        let bits = score.bitPattern
        // Ascending, then reversed.
        let order = bits >> 31 == 0 ? ~(bits | 1 << 31) : bits
        return UInt64(order) << 32 | UInt64(index)
    }

    private static func score(_ key: UInt64) -> Float {
        let order = UInt32(key >> 32)
        return Float(bitPattern: order >> 31 == 0 ? ~order & ~(1 << 31) : order)
    }

    private mutating func insert(_ key: UInt64) {
        guard count == capacity else {
            var place = count
            count += 1
            while place > 0, keys[(place - 1) / 2] < key {
                keys[place] = keys[(place - 1) / 2]
                place = (place - 1) / 2
            }
            keys[place] = key
            return
        }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < count else { break }
            if child + 1 < count, keys[child + 1] > keys[child] { child += 1 }
            guard keys[child] > key else { break }
            keys[place] = keys[child]
            place = child
        }
        keys[place] = key
    }
}
