import Kernels
import Tensors

/// The covariance of points, a symmetric matrix.
struct Covariance {
    let matrix: Points
    /// The variance in all directions together.
    let trace: Double

    /// Columns of a piece of work.
    private static let columns = 48

    init(of points: Points, mean: FloatMemory, team: Team) throws {
        let shape = points.shape
        let centred = try Points(shape)
        points.forEachBlock(of: 256, team: team) { block in
            let floats = block.lowerBound * shape.stride..<block.upperBound * shape.stride
            (centred.base + floats.lowerBound).update(from: points.base + floats.lowerBound, count: floats.count)
            subtract(mean.base, from: block, shape, centred.base)
        }
        let matrix = try Points(PointShape(count: shape.dimensions, dimensions: shape.dimensions))
        matrix.forEachBlock(of: Self.columns, team: team) { columns in
            addColumnProducts(shape, columns: columns, x: centred.base, to: matrix.base)
        }
        mirrorUpperTriangle(dimensions: shape.dimensions, stride: shape.stride, matrix.base)
        let divisor = Float(shape.count - 1)
        for index in 0..<matrix.shape.floats { matrix.base[index] /= divisor }
        self.matrix = matrix
        trace = (0..<shape.dimensions).reduce(0.0) { $0 + Double(matrix.base[$1 * shape.stride + $1]) }
    }
}
