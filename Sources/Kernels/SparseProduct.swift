// The product of Product.swift for a left-hand side with margins, as pictures have: steps k at which all rows of a tile are
// zero add nothing, and are left out. Of handwritten digits they are more than half.
//
// Which steps count is found once for a tile, a bit each, and serves several panels. Each element of C is the same chain of
// multiply-adds without those that add zero: the same bits, as long as B is finite.
//
// Limit: reading B from L2, and the multiply-add units. Finding the steps takes about two cycles each.

/// Computes `rows` rows of C = start + A · B. B and C lie unpacked; their rows are whole vectors.
///
/// Of A, either the steps of a row lie side by side, in whole vectors, or the rows of a step.
func multiplySparse(
    _ shape: ProductShape, rows: Int, columns: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, start: UnsafePointer<Float>?
) {
    let panels = Panels(columns: columns)
    let tiles = sparseTiles(rows: rows)
    var steps = ActiveSteps()
    for tile in 0..<tiles {
        let first = rows * tile / tiles
        let height = rows * (tile + 1) / tiles - first
        for slice in stride(from: 0, to: shape.inner, by: ActiveSteps.most) {
            let a = a + first * shape.aRow + slice * shape.aInner
            steps.find(shape, rows: height, from: a, count: min(ActiveSteps.most, shape.inner - slice))
            for index in 0..<panels.count {
                let panel = panels[index]
                multiplyTile(
                    shape, rows: height, vectors: panel.vectors, &steps, a, b + slice * shape.bInner + panel.column,
                    c + first * shape.cRow + panel.column,
                    slice == 0 ? .row(start.map { $0 + panel.column }) : .continued)
            }
        }
    }
}

/// Tiles for that many rows. Taller tiles would have fewer steps to leave out.
func sparseTiles(rows: Int) -> Int { (rows + tallestSparseTile - 1) / tallestSparseTile }

/// Rows of the tallest tile.
let tallestSparseTile = 6

/// The steps at which not all rows of a tile are zero.
private struct ActiveSteps {
    static let most = 1024
    static let wordBits = UInt64.bitWidth
    private var words = InlineArray<16, UInt64>(repeating: 0)
    private var count = 0

    mutating func find(_ shape: ProductShape, rows: Int, from a: UnsafePointer<Float>, count: Int) {
        self.count = count
        for word in 0..<wordCount {
            let first = word * Self.wordBits
            let count = min(Self.wordBits, count - first)
            let a = a + first * shape.aInner
            words[word] =
                shape.aInner == 1
                ? Self.sideBySide(a, rowStride: shape.aRow, rows: rows, count: count)
                : Self.apart(a, stride: shape.aInner, rows: rows, count: count)
        }
    }

    /// Steps side by side: a vector of them at a time, and always six rows, of which some may be the last once more.
    @inline(__always)
    private static func sideBySide(_ a: UnsafePointer<Float>, rowStride: Int, rows: Int, count: Int) -> UInt64 {
        @inline(__always)
        func row(_ index: Int, _ step: Int) -> LaneBits {
            unsafeBitCast((a + step).lanes(at: min(index, rows - 1) * rowStride), to: LaneBits.self)
        }
        var place = LaneBits.zero
        for lane in 0..<laneCount { place[lane] = 1 << UInt32(lane) }
        var bits: UInt64 = 0
        for step in stride(from: 0, to: count, by: laneCount) {
            let any = row(0, step) | row(1, step) | row(2, step) | row(3, step) | row(4, step) | row(5, step)
            let active = LaneBits.zero.replacing(with: place, where: any .!= LaneBits.zero)
            bits |= UInt64(active.total) << UInt64(step)
        }
        return bits
    }

    /// Steps apart, rows side by side: two rows at a time, of which some may be the last two once more.
    @inline(__always)
    private static func apart(_ a: UnsafePointer<Float>, stride: Int, rows: Int, count: Int) -> UInt64 {
        @inline(__always)
        func two(_ a: UnsafePointer<Float>) -> UInt64 { UnsafeRawPointer(a).loadUnaligned(as: UInt64.self) }
        var bits: UInt64 = 0
        var a = a
        let last = max(rows - 2, 0)
        let middle = min(2, last)
        for step in 0..<count {
            let any = rows == 1 ? UInt64(a.pointee.bitPattern) : two(a) | two(a + middle) | two(a + last)
            bits |= (any == 0 ? 0 : 1) << UInt64(step)
            a += stride
        }
        return bits
    }

    var wordCount: Int { (count + Self.wordBits - 1) / Self.wordBits }

    @inline(__always)
    subscript(word: Int) -> UInt64 { words[word] }
}

extension SIMD8<UInt32> {
    /// The sum of all lanes; the standard library's adds one after the other.
    @inline(__always)
    fileprivate var total: UInt32 {
        let four = lowHalf &+ highHalf
        let two = four.lowHalf &+ four.highHalf
        return two[0] &+ two[1]
    }
}

extension SIMD16<UInt32> {
    /// The sum of all lanes.
    @inline(__always)
    fileprivate var total: UInt32 { (lowHalf &+ highHalf).total }
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
    // No closure: it would not be inlined, and the sums would lie in memory.
    for word in 0..<steps.wordCount {
        var bits = steps[word]
        while bits != 0 {
            let step = word &* ActiveSteps.wordBits &+ bits.trailingZeroBitCount
            sum.add(a + step &* aInner, aRow, times: T.Width(b + step &* bInner))
            bits &= bits &- 1
        }
    }
    sum.store(to: c, shape.cRow)
}

private func multiplyTile(
    _ shape: ProductShape, rows: Int, vectors: Int, _ steps: inout ActiveSteps, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ start: ProductStart
) {
    switch (rows, vectors) {
    case (6, 4): multiply(Rows6<Quad>.self, shape, &steps, a, b, c, start)
    case (5, 4): multiply(Rows5<Quad>.self, shape, &steps, a, b, c, start)
    case (4, 4): multiply(Rows4<Quad>.self, shape, &steps, a, b, c, start)
    case (3, 4): multiply(Rows3<Quad>.self, shape, &steps, a, b, c, start)
    case (2, 4): multiply(Rows2<Quad>.self, shape, &steps, a, b, c, start)
    case (_, 4): multiply(Rows1<Quad>.self, shape, &steps, a, b, c, start)
    case (6, 2): multiply(Rows6<Pair>.self, shape, &steps, a, b, c, start)
    case (5, 2): multiply(Rows5<Pair>.self, shape, &steps, a, b, c, start)
    case (4, 2): multiply(Rows4<Pair>.self, shape, &steps, a, b, c, start)
    case (3, 2): multiply(Rows3<Pair>.self, shape, &steps, a, b, c, start)
    case (2, 2): multiply(Rows2<Pair>.self, shape, &steps, a, b, c, start)
    case (_, 2): multiply(Rows1<Pair>.self, shape, &steps, a, b, c, start)
    case (6, _): multiply(Rows6<Single>.self, shape, &steps, a, b, c, start)
    case (5, _): multiply(Rows5<Single>.self, shape, &steps, a, b, c, start)
    case (4, _): multiply(Rows4<Single>.self, shape, &steps, a, b, c, start)
    case (3, _): multiply(Rows3<Single>.self, shape, &steps, a, b, c, start)
    case (2, _): multiply(Rows2<Single>.self, shape, &steps, a, b, c, start)
    default: multiply(Rows1<Single>.self, shape, &steps, a, b, c, start)
    }
}
