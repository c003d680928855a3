// Reductions along the columns of a matrix whose rows are pixels and whose columns are channels.
//
// Contiguous cache lines are fetched much faster than lines a whole row apart. So columns are taken four vectors at a time, as
// long as there are so many, and rows as many at a time as stay in the cache while all columns pass, even twice.

/// A strip that can be worked on vector by vector.
protocol ColumnStrip: Strip {
    /// The first `count` floats, the others zero.
    init(_ address: UnsafePointer<Float>, count: Int)
    /// Applies a function to each vector and the corresponding vectors of two others.
    func map(_ b: Self, _ c: Self, _ function: (Lanes, Lanes, Lanes) -> Lanes) -> Self
    /// Writes the first `count` floats.
    func store(to address: UnsafeMutablePointer<Float>, count: Int)
}

extension ColumnStrip {
    @inline(__always)
    func map(_ b: Self, _ function: (Lanes, Lanes) -> Lanes) -> Self { map(b, b) { a, b, _ in function(a, b) } }

    @inline(__always)
    func map(_ function: (Lanes) -> Lanes) -> Self { map(self, self) { a, _, _ in function(a) } }
}

extension Single: ColumnStrip {
    @inline(__always) init(_ address: UnsafePointer<Float>, count: Int) { v = address.lanes(count: count) }
    @inline(__always) func map(_ b: Single, _ c: Single, _ function: (Lanes, Lanes, Lanes) -> Lanes) -> Single {
        Single(v: function(v, b.v, c.v))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, count: Int) { address.store(v, count: count) }
}

extension Beside: ColumnStrip where Left: ColumnStrip, Right: ColumnStrip {
    private static var leftCount: Int { Left.vectors * laneCount }

    @inline(__always) init(_ address: UnsafePointer<Float>, count: Int) {
        self.init()
        left = Left(address, count: min(count, Self.leftCount))
        right = Right(address + Self.leftCount, count: max(0, count - Self.leftCount))
    }
    @inline(__always) func map(_ b: Beside, _ c: Beside, _ function: (Lanes, Lanes, Lanes) -> Lanes) -> Beside {
        var result = self
        result.left = left.map(b.left, c.left, function)
        result.right = right.map(b.right, c.right, function)
        return result
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, count: Int) {
        left.store(to: address, count: min(count, Self.leftCount))
        right.store(to: address + Self.leftCount, count: max(0, count - Self.leftCount))
    }
}

/// Some neighbouring columns, and the rows to be reduced.
struct Columns<Strip: ColumnStrip> {
    let first: Int
    /// As many as a strip has floats, or fewer.
    let count: Int
    let rows: Range<Int>
    fileprivate let stride: Int
    /// The first row where a vector would reach beyond the matrix. What vectors of earlier rows read of the next is not used.
    fileprivate let firstPartial: Int

    @inline(__always)
    func row(_ row: Int, of matrix: UnsafePointer<Float>) -> Strip {
        let address = matrix + row * stride + first
        return row < firstPartial ? Strip(address) : Strip(address, count: count)
    }

    /// These columns of a single row.
    @inline(__always)
    func strip(of row: UnsafePointer<Float>) -> Strip { Strip(row + first, count: count) }

    /// Replaces part of a single row.
    @inline(__always)
    func update(_ row: UnsafeMutablePointer<Float>, _ change: (Strip) -> Strip) {
        change(strip(of: UnsafePointer(row))).store(to: row + first, count: count)
    }
}

/// A reduction of some columns.
protocol ColumnWork {
    func work<Strip: ColumnStrip>(on columns: Columns<Strip>)
}

extension ColumnWork {
    /// Does the work on some of a matrix's rows, for all columns.
    func run(rows: Range<Int>, of matrixRows: Int, columns: Int) {
        let wide = Quad.vectors * laneCount
        var first = 0
        while first + wide <= columns {
            work(on: Columns<Quad>(first: first, count: wide, rows: rows, stride: columns, firstPartial: matrixRows))
            first += wide
        }
        while first < columns {
            work(
                on: Columns<Single>(
                    first: first, count: min(laneCount, columns - first), rows: rows, stride: columns,
                    firstPartial: wholeVectorRows(rows: matrixRows, columns: columns, from: first)))
            first += laneCount
        }
    }
}

/// How many rows may be read a whole vector at a time from a column on.
private func wholeVectorRows(rows: Int, columns: Int, from column: Int) -> Int {
    let last = rows * columns - column - laneCount
    return last < 0 ? 0 : min(rows, last / columns + 1)
}

/// Calls the body for as many rows at a time as the cache holds.
@inline(__always)
func forEachCachedBlock(rows: Int, columns: Int, _ body: (Range<Int>) -> Void) {
    let cachedFloats = 32 * 1024
    let most = max(1, cachedFloats / columns)
    for first in stride(from: 0, to: rows, by: most) { body(first..<min(first + most, rows)) }
}

/// Adds the sum over all rows of `columns` floats to `sums`: the gradient of a bias.
///
/// The sum of each block of rows is finished before it is added, as for kernels.
package func addColumnSums(
    rows: Int, columns: Int, x: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>
) {
    forEachCachedBlock(rows: rows, columns: columns) { block in
        ColumnSums(x: x, sums: sums).run(rows: block, of: rows, columns: columns)
    }
}

private struct ColumnSums: ColumnWork {
    let x: UnsafePointer<Float>
    let sums: UnsafeMutablePointer<Float>

    func work<Strip: ColumnStrip>(on columns: Columns<Strip>) {
        var sum = Strip()
        for row in columns.rows { sum.add(columns.row(row, of: x)) }
        columns.update(sums) { $0.map(sum) { $0 + $1 } }
    }
}
