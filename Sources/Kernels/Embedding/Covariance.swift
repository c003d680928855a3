// Principal components: the products of centred columns, and the steps of subspace iteration.
//
// Limit: multiply-add units. The covariance of n points of d dimensions takes n · d² multiplications, half of them by
// symmetry.

/// Points whose products are added to the covariance before the next are read: their rows stay in the L2 cache.
private let pointsAtATime = 64

/// Adds the products of some columns with all columns from the first of them on to `c`, a matrix with the points'
/// stride.
///
/// Every entry is the sum, over blocks of points in order, of each block's sum.
package func addColumnProducts(
    _ shape: PointShape, columns: Range<Int>, x: UnsafePointer<Float>, to c: UnsafeMutablePointer<Float>
) {
    let panels = Panels(columns: shape.paddedDimensions)
    for first in stride(from: 0, to: shape.count, by: pointsAtATime) {
        let block = x + first * shape.stride
        let product = ProductShape(
            inner: min(pointsAtATime, shape.count - first), aRow: 1, aInner: shape.stride, bInner: shape.stride,
            cRow: shape.stride)
        for index in 0..<panels.count {
            let panel = panels[index]
            guard panel.column + panel.columns > columns.lowerBound else { continue }
            multiplyPanel(
                product, rows: columns.count, panel: panel, a: block + columns.lowerBound, b: block + panel.column,
                c: c + columns.lowerBound * shape.stride + panel.column, start: .existing)
        }
    }
}

/// Completes a symmetric matrix of which only the entries on and above the diagonal are known.
package func mirrorUpperTriangle(dimensions: Int, stride: Int, _ c: UnsafeMutablePointer<Float>) {
    for row in 1..<max(dimensions, 1) {
        for column in 0..<row { c[row * stride + column] = c[column * stride + row] }
    }
}

/// One panel of columns of `y = q · c`, where `c` is a square matrix and `q` has some rows.
package func multiplyRows(
    _ q: UnsafePointer<Float>, rows: Int, by c: UnsafePointer<Float>, _ shape: PointShape, panel: Int,
    to y: UnsafeMutablePointer<Float>
) {
    let panel = Panels(columns: shape.paddedDimensions)[panel]
    let product = ProductShape(
        inner: shape.dimensions, aRow: shape.stride, aInner: 1, bInner: shape.stride, cRow: shape.stride)
    multiplyPanel(
        product, rows: rows, panel: panel, a: q, b: c + panel.column, c: y + panel.column, start: .row(nil))
}

/// How many panels `multiplyRows` has.
package func rowProductPanels(_ shape: PointShape) -> Int { Panels(columns: shape.paddedDimensions).count }

/// The product of two rows.
package func dotProduct(_ shape: PointShape, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
    var sums = SIMD16<Float>.zero
    for offset in stride(from: 0, to: shape.paddedDimensions, by: 16) {
        sums = sums.adding(a.sixteen(at: offset), times: b.sixteen(at: offset))
    }
    return sums.total
}

/// Makes rows orthonormal, one after the other (Gram and Schmidt's process, each row twice).
///
/// Returns each row's length after what lies in the directions of earlier rows was taken away. A row of which nothing
/// was left becomes zero.
package func orthonormalize(_ rows: Int, _ shape: PointShape, _ q: UnsafeMutablePointer<Float>) -> [Float] {
    (0..<rows).map { index in
        let row = q + index * shape.stride
        let before = dotProduct(shape, row, row).squareRoot()
        for _ in 0..<2 {
            for earlier in 0..<index {
                let other = q + earlier * shape.stride
                add(-dotProduct(shape, row, other), times: other, to: row, shape)
            }
        }
        let length = dotProduct(shape, row, row).squareRoot()
        // What remains of a row that depends on others is rounding.
        let isNothing = !(length > 1e-6 * before)
        scale(row, by: isNothing ? 0 : 1 / length, shape)
        return isNothing ? 0 : length
    }
}

@inline(__always)
private func add(
    _ factor: Float, times other: UnsafePointer<Float>, to row: UnsafeMutablePointer<Float>, _ shape: PointShape
) {
    for offset in stride(from: 0, to: shape.paddedDimensions, by: laneCount) {
        row.store(row.lanes(at: offset).adding(Lanes(repeating: factor), times: other.lanes(at: offset)), at: offset)
    }
}

@inline(__always)
private func scale(_ row: UnsafeMutablePointer<Float>, by factor: Float, _ shape: PointShape) {
    for offset in stride(from: 0, to: shape.paddedDimensions, by: laneCount) {
        row.store(row.lanes(at: offset) * factor, at: offset)
    }
}
