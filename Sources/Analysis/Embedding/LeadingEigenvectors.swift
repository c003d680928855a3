import Kernels
import Tensors

/// The eigenvectors of a symmetric matrix with the greatest eigenvalues, none of which is negative.
///
/// A subspace of more dimensions than wanted is multiplied by the matrix again and again. Each time what is still wrong
/// about the wanted directions shrinks by the ratio of the least eigenvalue in the subspace to the least that is
/// wanted. Within the subspace, eigenvectors of a small matrix then separate the directions (Rayleigh and Ritz's
/// method).
struct LeadingEigenvectors {
    let values: [Double]
    let vectors: [[Float]]

    /// What may remain of the directions that are not wanted.
    private static let tolerance = 1e-6
    private static let mostSteps = 60

    init(of matrix: Points, count: Int, team: Team) throws {
        let dimensions = matrix.dimensions
        let size = min(dimensions, 2 * count + 16)
        let source = RandomSource(seed: 0, purpose: "principal components")
        var basis = try Points(
            (0..<size * dimensions).map { Float(source.normal(at: $0)) }, dimensions: dimensions)
        var product = try Points(basis.shape)
        _ = orthonormalize(size, basis.shape, basis.base)
        var remaining = 1.0
        for _ in 0..<Self.mostSteps where size < dimensions && remaining > Self.tolerance {
            Self.multiply(basis, by: matrix, to: product, team: team)
            swap(&basis, &product)
            let lengths = orthonormalize(size, basis.shape, basis.base)
            remaining *= lengths[count - 1] > 0 ? Double(lengths[size - 1] / lengths[count - 1]) : 0
        }
        Self.multiply(basis, by: matrix, to: product, team: team)
        let small = (0..<size).map { row in
            (0..<size).map { column in
                Double(
                    dotProduct(
                        basis.shape, basis.base + min(row, column) * basis.shape.stride,
                        product.base + max(row, column) * basis.shape.stride))
            }
        }
        let (smallValues, smallVectors) = symmetricEigenvectors(of: small)
        values = smallValues.prefix(count).map { max($0, 0) }
        let rows = (0..<size).map { basis[$0].map(Double.init) }
        vectors = smallVectors.prefix(count).map { combination in
            var sum = [Double](repeating: 0, count: dimensions)
            for (row, factor) in zip(rows, combination) {
                for place in 0..<dimensions { sum[place] += factor * row[place] }
            }
            return sum.map(Float.init)
        }
    }

    private static func multiply(_ rows: Points, by matrix: Points, to product: Points, team: Team) {
        team.forEach(rowProductPanels(matrix.shape)) { panel in
            multiplyRows(rows.base, rows: rows.count, by: matrix.base, matrix.shape, panel: panel, to: product.base)
        }
    }
}

/// All eigenvalues of a small symmetric matrix, greatest first, and their vectors (Jacobi's rotations).
func symmetricEigenvectors(of matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
    let size = matrix.count
    var a = matrix
    // Row k becomes the k-th eigenvector.
    var vectors = a.map { row in row.map { _ in 0.0 } }
    for index in 0..<size { vectors[index][index] = 1 }
    var norm = 0.0
    for value in a.joined() { norm += value * value }
    for _ in 0..<50 {
        var off = 0.0
        for p in 0..<size {
            for value in a[p].prefix(p) { off += value * value }
        }
        if off <= 1e-28 * norm { break }
        for p in 0..<size {
            for q in p + 1..<max(size, p + 1) where a[p][q] != 0 {
                let (c, s) = jacobiRotation(a[p][p], a[p][q], a[q][q])
                rotateRows(&a, p, q, c, s)
                for row in 0..<size {
                    let (x, y) = (a[row][p], a[row][q])
                    a[row][p] = c * x - s * y
                    a[row][q] = s * x + c * y
                }
                rotateRows(&vectors, p, q, c, s)
            }
        }
    }
    let values = (0..<size).map { a[$0][$0] }
    // The sort is stable: equal eigenvalues keep their order.
    let order = values.indices.sorted { values[$0] > values[$1] }
    return (order.map { values[$0] }, order.map { vectors[$0] })
}

/// Cosine and sine of the rotation that makes [[a, b], [b, c]] diagonal.
private func jacobiRotation(_ a: Double, _ b: Double, _ c: Double) -> (Double, Double) {
    let ratio = (c - a) / (2 * b)
    let magnitude = 1 / (abs(ratio) + (ratio * ratio + 1).squareRoot())
    let tangent = ratio >= 0 ? magnitude : -magnitude
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    return (cosine, tangent * cosine)
}

private func rotateRows(_ a: inout [[Double]], _ p: Int, _ q: Int, _ c: Double, _ s: Double) {
    for column in a[p].indices {
        let (x, y) = (a[p][column], a[q][column])
        a[p][column] = c * x - s * y
        a[q][column] = s * x + c * y
    }
}
