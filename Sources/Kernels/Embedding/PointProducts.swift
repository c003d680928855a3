// Products of points with all points of a set, a block of points at a time: the inner loop of neighbours and
// projections.
//
// Which point is nearest is decided by the score  x · y − ½ |y|², which is greatest where |x − y|² is least: so a
// distance costs one multiply-add a dimension. Limit: multiply-add units.

/// A set of points, packed as the right-hand side of products with others.
package struct PackedPoints: Sendable {
    package let shape: PointShape

    package init(_ shape: PointShape) { self.shape = shape }

    private var panels: Panels { Panels(columns: shape.count) }

    /// Points that are multiplied by all others together.
    package static let block = 48

    /// Products that are computed before they are looked at: with those of a whole block they stay in the L2 cache.
    static let chunk = 256

    /// Floats of packed points and their starts.
    package var floats: Int { panels.paddedColumns * (shape.dimensions + 1) }

    /// Packing is shared out in so many pieces.
    package var pieces: Int { panels.count }

    /// Packs one piece. Products begin with −½ |y|² where they are scores, and with zero elsewhere.
    package func pack(
        piece: Int, from y: UnsafePointer<Float>, asScores: Bool, to packed: UnsafeMutablePointer<Float>
    ) {
        let panel = panels[piece]
        panels.packTransposed(
            panel, rows: shape.dimensions, depth: shape.dimensions, from: y, columnStride: shape.stride,
            to: packed + panels.paddedColumns)
        for column in panel.column..<panel.column + panel.width {
            let point = y + column * shape.stride
            packed[column] =
                !asScores ? 0 : column < shape.count ? -0.5 * dotProduct(shape, point, point) : -.infinity
        }
    }

    /// The products of `rows` points with those of one panel.
    @inline(__always)
    fileprivate func multiply(
        _ rows: Int, x: UnsafePointer<Float>, stride: Int, panel: Panel, packed: UnsafePointer<Float>,
        to c: UnsafeMutablePointer<Float>, rowStride: Int
    ) {
        let product = ProductShape(
            inner: shape.dimensions, aRow: stride, aInner: 1, bInner: panel.width, cRow: rowStride)
        multiplyPanel(
            product, rows: rows, panel: panel.padded, a: x,
            b: packed + panels.paddedColumns + panel.column * shape.dimensions, c: c, start: .row(packed + panel.column)
        )
    }

    /// All products of some points, whose results lie `rowStride` floats apart and have `panels.paddedColumns` floats each.
    package func products(
        of points: Range<Int>, x: UnsafePointer<Float>, stride: Int, packed: UnsafePointer<Float>,
        to result: UnsafeMutablePointer<Float>, rowStride: Int
    ) {
        for index in 0..<panels.count {
            let panel = panels[index]
            multiply(
                points.count, x: x + points.lowerBound * stride, stride: stride, panel: panel, packed: packed,
                to: result + points.lowerBound * rowStride + panel.column, rowStride: rowStride)
        }
    }

    /// Calls the body with the scores of each of some points of the set, for one chunk of the set after the other.
    ///
    /// `scores` has room for a block of chunks. The body gets a row of `columns.count` scores.
    @inline(__always)
    func forEachRowOfScores(
        of points: Range<Int>, x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
        scores: UnsafeMutablePointer<Float>,
        _ body: (_ point: Int, _ columns: Range<Int>, _ row: UnsafePointer<Float>) -> Void
    ) {
        var index = 0
        while index < panels.count {
            let first = panels[index].column
            var end = first
            while index < panels.count, panels[index].column + panels[index].width - first <= Self.chunk {
                let panel = panels[index]
                multiply(
                    points.count, x: x + points.lowerBound * shape.stride, stride: shape.stride, panel: panel,
                    packed: packed, to: scores + panel.column - first, rowStride: Self.chunk)
                end = panel.column + panel.width
                index += 1
            }
            for point in points { body(point, first..<end, scores + (point - points.lowerBound) * Self.chunk) }
        }
    }

    /// The same bits as the score that a product gives.
    @inline(__always)
    func score(of point: Int, with other: Int, x: UnsafePointer<Float>, packed: UnsafePointer<Float>) -> Float {
        let (a, b) = (x + point * shape.stride, x + other * shape.stride)
        return (0..<shape.dimensions).reduce(packed[other]) { $0.adding(a[$1], times: b[$1]) }
    }
}
