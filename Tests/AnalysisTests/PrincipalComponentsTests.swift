import Analysis
import Kernels
import TestSupport
import Testing

@Suite struct PrincipalComponentsTests {
    private let team = Team(threads: 2)

    @Test func `directions, variances and projections are scikit-learn's, signs included`() throws {
        let points = try Points(EmbeddingFigures.points.flatMap(\.self), dimensions: 9)
        let found = try PrincipalComponents(of: points, count: 4, team: team)
        #expect(relativeError(found.mean, EmbeddingFigures.mean.map(Double.init)) < 1e-6)
        for (direction, expected) in zip(found.directions, EmbeddingFigures.directions) {
            #expect(relativeError(direction, expected.map(Double.init)) < 1e-4)
        }
        #expect(relativeError(found.variances.map { Float($0) }, EmbeddingFigures.variances) < 1e-6)
        #expect(relativeError(found.varianceRatios.map { Float($0) }, EmbeddingFigures.ratios) < 1e-6)
        let projected = try found.project(points, team: team)
        for (point, expected) in EmbeddingFigures.projected.enumerated() {
            #expect(relativeDistance(projected[point], expected.map(Double.init)) < 1e-3)
        }
    }

    /// Subspace iteration has something to do only where the space is larger than the subspace.
    @Test func `in a large space the directions of known variance are found, in order`() throws {
        var noise = Noise("variances")
        let (count, dimensions) = (2000, 150)
        let deviations = (0..<dimensions).map { Float(5) / Float($0 + 1) }
        // Coordinate 149 − i has the i-th deviation.
        let points = try Points(
            (0..<count).flatMap { _ in zip(noise.floats(dimensions), deviations.reversed()).map { $0 * $1 } },
            dimensions: dimensions)
        let found = try PrincipalComponents(of: points, count: 5, team: team)
        for (index, direction) in found.directions.enumerated() {
            #expect(abs(direction[dimensions - 1 - index]) > 0.99)
            #expect(abs(found.variances[index] / Double(deviations[index] * deviations[index] / 3) - 1) < 0.1)
            for (other, earlier) in found.directions.enumerated() {
                let product = zip(direction, earlier).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (index == other ? 1 : 0)) < 1e-5)
            }
        }
    }

    @Test func `points on a line have one direction with all of the variance`() throws {
        let points = try Points((0..<30).flatMap { [Float($0), Float(2 * $0), 0] }, dimensions: 3)
        let found = try PrincipalComponents(of: points, count: 3, team: team)
        #expect(abs(found.varianceRatios[0] - 1) < 1e-6)
        #expect(found.varianceRatios.dropFirst().allSatisfy { $0 < 1e-6 })
        #expect(try found.project(points, team: team).haveDistances)
    }

    @Test(arguments: [Float.nan, .infinity, -1e30])
    func `values without distances are refused`(value: Float) throws {
        let points = try Points([1, 2, value, 4], dimensions: 2)
        #expect(throws: EmbeddingError.tooLarge) { try PrincipalComponents(of: points, count: 1, team: team) }
        #expect(throws: EmbeddingError.tooLarge) { try NearestNeighbours(of: points, count: 1, team: team) }
    }

    @Test func `a single point has no directions`() throws {
        let single = try Points([1, 2], dimensions: 2)
        #expect(throws: EmbeddingError.tooFew(points: 1, needed: 2)) {
            try PrincipalComponents(of: single, count: 1, team: team)
        }
    }
}
