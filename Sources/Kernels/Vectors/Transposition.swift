// Transposing matrices.
//
// A square as wide and as high as a vector is transposed in registers, by perfect shuffles: the upper half of its rows and the
// lower half are interleaved, element by element, into as many rows as before. Each shuffle rotates the bits of an element's
// index, those of its row followed by those of its column, by one; when row and column have changed places, it is done.
//
// Limit: a shuffle for each vector and bit, and loads and stores that lie a row apart.

/// Writes the rows of a matrix as the columns of another.
@inline(__always)
func transpose(
    rows: Int, columns: Int, from source: UnsafePointer<Float>, rowStride: Int, to target: UnsafeMutablePointer<Float>,
    targetStride: Int
) {
    for row in stride(from: 0, to: rows, by: laneCount) {
        for column in stride(from: 0, to: columns, by: laneCount) {
            let (height, width) = (min(laneCount, rows - row), min(laneCount, columns - column))
            transposeSquare(
                height, width, source + row * rowStride + column, rowStride, target + column * targetStride + row,
                targetStride)
        }
    }
}

/// Writes some rows of a matrix as columns of another, square by square, so that both sides stay in the cache.
package func transpose(
    rows: Int, columns: Int, part: Range<Int>, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
) {
    transpose(
        rows: part.count, columns: columns, from: source + part.lowerBound * columns, rowStride: columns,
        to: target + part.lowerBound, targetStride: rows)
}

@inline(never)
private func transposeSquare(
    _ rows: Int, _ columns: Int, _ source: UnsafePointer<Float>, _ sourceStride: Int,
    _ target: UnsafeMutablePointer<Float>, _ targetStride: Int
) {
    if rows == laneCount, columns == laneCount {
        LaneSquare(rows: source, sourceStride).transposed.store(rows: target, targetStride)
    } else {
        for row in 0..<rows {
            for column in 0..<columns { target[column * targetStride + row] = source[row * sourceStride + column] }
        }
    }
}

#if WIDE_LANES
private typealias LaneSquare = Halves<Halves<Halves<Halves<Lanes>>>>
#else
private typealias LaneSquare = Halves<Halves<Halves<Lanes>>>
#endif

extension LaneSquare {
    @inline(__always)
    fileprivate var transposed: LaneSquare {
        #if WIDE_LANES
        shuffled.shuffled.shuffled.shuffled
        #else
        shuffled.shuffled.shuffled
        #endif
    }
}

/// Rows of vectors, as many as a power of two.
private protocol Rows {
    static var count: Int { get }
    init(rows: UnsafePointer<Float>, _ stride: Int)
    func store(rows: UnsafeMutablePointer<Float>, _ stride: Int)
    /// The elements of each row and of its counterpart, alternating, in two rows.
    static func interleaved(_ upper: Self, _ lower: Self) -> Halves<Self>
}

extension Lanes: Rows {
    fileprivate static var count: Int { 1 }
    @inline(__always) fileprivate init(rows: UnsafePointer<Float>, _ stride: Int) { self = rows.lanes() }
    @inline(__always) fileprivate func store(rows: UnsafeMutablePointer<Float>, _ stride: Int) { rows.store(self) }
    @inline(__always)
    fileprivate static func interleaved(_ upper: Lanes, _ lower: Lanes) -> Halves<Lanes> {
        let (first, second) = upper.interleaved(with: lower)
        return Halves(upper: first, lower: second)
    }
}

/// The upper half of some rows and the lower.
private struct Halves<Half: Rows>: Rows {
    let upper, lower: Half

    static var count: Int { 2 * Half.count }
    @inline(__always)
    init(upper: Half, lower: Half) {
        self.upper = upper
        self.lower = lower
    }
    @inline(__always)
    init(rows: UnsafePointer<Float>, _ stride: Int) {
        self.init(
            upper: Half(rows: rows, stride), lower: Half(rows: rows + Half.count * stride, stride))
    }
    @inline(__always)
    func store(rows: UnsafeMutablePointer<Float>, _ stride: Int) {
        upper.store(rows: rows, stride)
        lower.store(rows: rows + Half.count * stride, stride)
    }
    @inline(__always)
    static func interleaved(_ upper: Halves, _ lower: Halves) -> Halves<Halves> {
        Halves<Halves>(
            upper: Half.interleaved(upper.upper, lower.upper), lower: Half.interleaved(upper.lower, lower.lower))
    }
    /// Both halves' rows interleaved: a perfect shuffle of all elements.
    @inline(__always) var shuffled: Halves { Half.interleaved(upper, lower) }
}
