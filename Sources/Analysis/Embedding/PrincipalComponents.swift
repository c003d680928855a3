import Kernels
import Tensors

/// The directions in which points vary most, by subspace iteration on their covariance.
///
///     let components = try PrincipalComponents(of: points, count: 50, team: team)
///     let projected = try components.project(points, team: team)
package struct PrincipalComponents {
    /// What is subtracted from points before they are projected.
    package let mean: [Float]
    /// Orthonormal directions, the one of greatest variance first. Of each the value that is greatest in magnitude is
    /// positive, as in scikit-learn.
    package let directions: [[Float]]
    /// The variance of the points along each direction, with n − 1 as divisor.
    package let variances: [Double]
    /// The variance of the points in all directions together.
    package let totalVariance: Double

    /// The share of each direction in the variance.
    package var varianceRatios: [Double] { variances.map { totalVariance > 0 ? $0 / totalVariance : 0 } }

    /// Finds `count` directions, or as many as there are.
    package init(of points: Points, count: Int, team: Team) throws {
        guard points.count > 1 else { throw EmbeddingError.tooFew(points: points.count, needed: 2) }
        guard points.haveDistances else { throw EmbeddingError.tooLarge }
        let mean = try Self.mean(of: points)
        let covariance = try Covariance(of: points, mean: mean, team: team)
        let found = try LeadingEigenvectors(
            of: covariance.matrix, count: min(count, points.count, points.dimensions), team: team)
        self.mean = mean.values(0..<points.dimensions)
        directions = found.vectors.map(Self.oriented)
        variances = found.values
        totalVariance = covariance.trace
    }

    private static func oriented(_ direction: [Float]) -> [Float] {
        let greatest = direction.max { abs($0) < abs($1) } ?? 0
        return greatest < 0 ? direction.map { -$0 } : direction
    }

    private static func mean(of points: Points) throws -> FloatMemory {
        let mean = try FloatMemory(count: points.shape.stride)
        addColumnSums(rows: points.count, columns: points.shape.stride, x: points.base, sums: mean.base)
        for column in 0..<points.dimensions { mean.base[column] /= Float(points.count) }
        return mean
    }

    /// The points in the coordinates of the directions.
    package func project(_ points: Points, team: Team) throws -> Points {
        precondition(points.dimensions == mean.count)
        let basis = try Points(directions.flatMap(\.self), dimensions: mean.count)
        let packing = PackedPoints(basis.shape)
        let packed = try FloatMemory(count: packing.floats)
        for piece in 0..<packing.pieces {
            packing.pack(piece: piece, from: basis.base, asScores: false, to: packed.base)
        }
        // A projection is linear, so that the mean's is subtracted.
        let offset = try Points(mean, dimensions: mean.count)
        let result = try Points(PointShape(count: points.count, dimensions: directions.count))
        let row = try FloatMemory(count: result.shape.stride)
        packing.products(
            of: 0..<1, x: offset.base, stride: offset.shape.stride, packed: packed.base, to: row.base,
            rowStride: result.shape.stride)
        points.forEachBlock(of: PackedPoints.block, team: team) { block in
            packing.products(
                of: block, x: points.base, stride: points.shape.stride, packed: packed.base, to: result.base,
                rowStride: result.shape.stride)
            subtract(row.base, from: block, result.shape, result.base)
        }
        return result
    }
}
