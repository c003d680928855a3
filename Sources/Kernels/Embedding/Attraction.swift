// How points pull their neighbours: Σ p q (y − z) over the neighbours z, where q = 1 / (1 + |y − z|²).
//
// Limit: loading the neighbours' positions, eight loads and as many shuffles for eight neighbours; the pairs of
// coordinates lie together, so that each neighbour is one load.

/// Neighbours of points with their probabilities, rows of whole eights one after the other. Rows are filled with the
/// point itself at probability zero.
package struct NeighbourRows {
    let starts: UnsafePointer<Int>
    let indices: UnsafePointer<UInt32>
    let probabilities: UnsafePointer<Float>

    package init(
        starts: UnsafePointer<Int>, indices: UnsafePointer<UInt32>, probabilities: UnsafePointer<Float>
    ) {
        self.starts = starts
        self.indices = indices
        self.probabilities = probabilities
    }

    /// Rows have a multiple of so many entries.
    package static let step = 8
}

/// Computes the pull on some points.
package func attract(
    _ points: Range<Int>, _ rows: NeighbourRows, _ positions: UnsafePointer<SIMD2<Float>>,
    to forces: UnsafeMutablePointer<SIMD2<Float>>
) {
    for point in points {
        let (px, py) = (positions[point].x, positions[point].y)
        var (fx, fy) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        for entry in stride(from: rows.starts[point], to: rows.starts[point + 1], by: NeighbourRows.step) {
            let (x, y) = eightPositions(positions, rows.indices + entry)
            let (dx, dy) = (px - x, py - y)
            let distance = SIMD8<Float>(repeating: 1).adding(dx, times: dx).adding(dy, times: dy)
            let factor = rows.probabilities.eight(at: entry) / distance
            fx = fx.adding(factor, times: dx)
            fy = fy.adding(factor, times: dy)
        }
        forces[point] = SIMD2(fx.total, fy.total)
    }
}

/// Σ p log (p / q) over the neighbours of some points, where q is not divided by its sum yet.
package func divergence(
    _ points: Range<Int>, _ rows: NeighbourRows, _ positions: UnsafePointer<SIMD2<Float>>
) -> Float {
    var sum: Float = 0
    for point in points {
        let (px, py) = (positions[point].x, positions[point].y)
        for entry in rows.starts[point]..<rows.starts[point + 1] where rows.probabilities[entry] > 0 {
            let other = positions[Int(rows.indices[entry])]
            let (dx, dy) = (px - other.x, py - other.y)
            let p = rows.probabilities[entry]
            sum += p * logarithm(Lanes(repeating: p * (1 + dx * dx + dy * dy)))[0]
        }
    }
    return sum
}

@inline(__always)
private func eightPositions(
    _ positions: UnsafePointer<SIMD2<Float>>, _ indices: UnsafePointer<UInt32>
) -> (x: SIMD8<Float>, y: SIMD8<Float>) {
    @inline(__always)
    func four(_ first: Int) -> SIMD8<Float> {
        @inline(__always)
        func two(_ first: Int) -> SIMD4<Float> {
            SIMD4(lowHalf: positions[Int(indices[first])], highHalf: positions[Int(indices[first + 1])])
        }
        return SIMD8(lowHalf: two(first), highHalf: two(first + 2))
    }
    let (low, high) = (four(0), four(4))
    return (
        SIMD8(lowHalf: low.evenHalf, highHalf: high.evenHalf), SIMD8(lowHalf: low.oddHalf, highHalf: high.oddHalf)
    )
}

extension UnsafePointer where Pointee == Float {
    @inline(__always)
    func eight(at offset: Int) -> SIMD8<Float> {
        UnsafeRawPointer(self + offset).loadUnaligned(as: SIMD8<Float>.self)
    }
}

extension SIMD8 where Scalar == Float {
    /// The sum of all lanes, halves first.
    @inline(__always)
    var total: Float {
        let four = lowHalf + highHalf
        return (four[0] + four[2]) + (four[1] + four[3])
    }
}
