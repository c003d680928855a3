// The product of Product.swift for a left-hand side with empty margins, as pictures have: steps k at which all rows of a tile
// are zero are left out. For handwritten digits these are more than half.
//
// The steps that remain are found once for a tile and serve several panels. Each element of C is the same chain of multiply-adds
// without those that add zero: the same bits, as long as B is finite.
//
// Limit: reading B from L2, and the multiply-add units. Finding the steps takes about two cycles each.

/// How the rows and columns of a sparse product are cut into tiles.
struct SparseTiles {
    let rows: Int
    let vectors: Int
    private let tallest: Int
    private let widest: Int

    #if WIDE_LANES
    private static let widestStrips = (usual: 4, low: 6)
    #else
    private static let widestStrips = (usual: 2, low: 3)
    #endif

    init(rows: Int, columns: Int) {
        self.rows = rows
        vectors = columns / laneCount
        let isLow = Self.areLow(vectors: vectors, widest: Self.widestStrips.low)
        tallest = isLow ? 4 : 6
        widest = isLow ? Self.widestStrips.low : Self.widestStrips.usual
    }

    /// Tiles below one another, and side by side.
    var count: Int { rows.dividedRoundingUp(by: tallest) }
    var strips: Int { vectors.dividedRoundingUp(by: widest) }

    func rows(ofTile tile: Int) -> Range<Int> { (0..<rows).share(tile, of: count) }
    func vectors(ofStrip strip: Int) -> Range<Int> { (0..<vectors).share(strip, of: strips) }
}

/// Computes some tiles' rows of C = start + A · B. B and C are not packed; their rows are whole vectors.
///
/// In A, either the steps of a row are contiguous, in whole vectors, or the rows of a step.
func multiplySparse(
    _ shape: ProductShape, _ tiles: SparseTiles, _ part: Range<Int>, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, start: UnsafePointer<Float>?
) {
    var steps = ActiveSteps()
    for tile in part {
        let rows = tiles.rows(ofTile: tile)
        for slice in stride(from: 0, to: shape.inner, by: ActiveSteps.most) {
            let a = a + rows.lowerBound * shape.aRow + slice * shape.aInner
            steps.find(shape, rows: rows.count, from: a, count: min(ActiveSteps.most, shape.inner - slice))
            for strip in 0..<tiles.strips {
                let strip = tiles.vectors(ofStrip: strip)
                let column = strip.lowerBound * laneCount
                multiplyTile(
                    shape, rows: rows.count, vectors: strip.count, &steps, a, b + slice * shape.bInner + column,
                    c + rows.lowerBound * shape.cRow + column,
                    slice == 0 ? .row(start.map { $0 + column }) : .continued)
            }
        }
    }
}

/// The steps at which not all rows of a tile are zero.
private struct ActiveSteps {
    static let most = 1024
    private var steps = InlineArray<1024, UInt16>(repeating: 0)
    private(set) var count = 0

    mutating func find(_ shape: ProductShape, rows: Int, from a: UnsafePointer<Float>, count: Int) {
        if shape.aInner == 1 {
            findSideBySide(a, rowStride: shape.aRow, rows: rows, count: count)
        } else {
            findApart(a, stride: shape.aInner, rows: rows, count: count)
        }
    }

    /// Contiguous steps: a vector of them at a time, and always six rows, the last of which may be repeated.
    private mutating func findSideBySide(_ a: UnsafePointer<Float>, rowStride: Int, rows: Int, count: Int) {
        @inline(__always)
        func row(_ index: Int, _ step: Int) -> LaneBits {
            unsafeBitCast((a + step).lanes(at: min(index, rows - 1) * rowStride), to: LaneBits.self)
        }
        var found = 0
        for step in stride(from: 0, to: count, by: laneCount) {
            let any = row(0, step) | row(1, step) | row(2, step) | row(3, step) | row(4, step) | row(5, step)
            var bits = unsafeBitCast(any, to: Lanes.self).nonZeroLanes
            while bits != 0 {
                steps[found] = UInt16(truncatingIfNeeded: step &+ bits.trailingZeroBitCount)
                found &+= 1
                bits &= bits &- 1
            }
        }
        self.count = found
    }

    /// Contiguous rows: two at a time, the last of which may be repeated. Every step is written; one that does not count is
    /// overwritten by the next, so that there is no branch to mispredict.
    private mutating func findApart(_ a: UnsafePointer<Float>, stride: Int, rows: Int, count: Int) {
        @inline(__always)
        func two(_ a: UnsafePointer<Float>) -> UInt64 { UnsafeRawPointer(a).loadUnaligned(as: UInt64.self) }
        var a = a
        var found = 0
        let last = max(rows - 2, 0)
        let middle = min(2, last)
        for step in 0..<count {
            let any = rows == 1 ? UInt64(a.pointee.bitPattern) : two(a) | two(a + middle) | two(a + last)
            steps[found] = UInt16(truncatingIfNeeded: step)
            found &+= any == 0 ? 0 : 1
            a += stride
        }
        self.count = found
    }

    @inline(__always)
    subscript(index: Int) -> Int { Int(steps[index]) }
}

/// One tile, kept in registers from its first product to its last.
@inline(never)
private func multiply<T: Tile>(
    _ tile: T.Type, _ shape: ProductShape, _ steps: inout ActiveSteps, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ start: ProductStart
) {
    var sum = T(everyRow: T.Width())
    if case .row(let row?) = start { sum = T(everyRow: T.Width(row)) }
    if case .continued = start { sum.add(c, shape.cRow) }
    let (aRow, aInner, bInner) = (shape.aRow, shape.aInner, shape.bInner)
    // No closure: it would not be inlined, and the sums would be kept in memory.
    for index in 0..<steps.count {
        let step = steps[index]
        sum.add(a + step &* aInner, aRow, times: T.Width(b + step &* bInner))
    }
    sum.store(to: c, shape.cRow)
}

private func multiplyTile(
    _ shape: ProductShape, rows: Int, vectors: Int, _ steps: inout ActiveSteps, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ start: ProductStart
) {
    switch vectors {
    case 6: multiplyLow(Sextet.self, shape, rows: rows, &steps, a, b, c, start)
    case 5: multiplyLow(Quintet.self, shape, rows: rows, &steps, a, b, c, start)
    case 4: multiplyTall(Quad.self, shape, rows: rows, &steps, a, b, c, start)
    case 3: multiplyTall(Triple.self, shape, rows: rows, &steps, a, b, c, start)
    case 2: multiplyTall(Pair.self, shape, rows: rows, &steps, a, b, c, start)
    default: multiplyTall(Single.self, shape, rows: rows, &steps, a, b, c, start)
    }
}

/// Up to six rows, for strips of up to four vectors.
@inline(__always)
private func multiplyTall<Width: Strip>(
    _ width: Width.Type, _ shape: ProductShape, rows: Int, _ steps: inout ActiveSteps, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ start: ProductStart
) {
    switch rows {
    case 6: multiply(Rows6<Width>.self, shape, &steps, a, b, c, start)
    case 5: multiply(Rows5<Width>.self, shape, &steps, a, b, c, start)
    default: multiplyLow(width, shape, rows: rows, &steps, a, b, c, start)
    }
}

/// Up to four rows.
@inline(__always)
private func multiplyLow<Width: Strip>(
    _ width: Width.Type, _ shape: ProductShape, rows: Int, _ steps: inout ActiveSteps, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ start: ProductStart
) {
    switch rows {
    case 4: multiply(Rows4<Width>.self, shape, &steps, a, b, c, start)
    case 3: multiply(Rows3<Width>.self, shape, &steps, a, b, c, start)
    case 2: multiply(Rows2<Width>.self, shape, &steps, a, b, c, start)
    default: multiply(Rows1<Width>.self, shape, &steps, a, b, c, start)
    }
}
