import Analysis
import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct NearestNeighboursTests {
    struct Case: CustomTestStringConvertible {
        let points, dimensions, count: Int
        var testDescription: String { "\(count) of \(points) points of \(dimensions) dimensions" }
    }

    private static let cases = [
        Case(points: 2, dimensions: 1, count: 1), Case(points: 17, dimensions: 3, count: 16),
        Case(points: 48, dimensions: 16, count: 5), Case(points: 49, dimensions: 17, count: 48),
        Case(points: 300, dimensions: 2, count: 1), Case(points: 700, dimensions: 50, count: 91),
    ]

    @Test(arguments: cases)
    func `neighbours are those that sorting all distances gives`(_ example: Case) throws {
        var noise = Noise(example.testDescription)
        let rows = (0..<example.points).map { _ in noise.floats(example.dimensions) }
        let points = try Points(rows.flatMap(\.self), dimensions: example.dimensions)
        let found = try NearestNeighbours(of: points, count: example.count, team: Team(threads: 2))
        let expected = Reference.neighbours(of: rows, count: example.count)
        for point in rows.indices {
            #expect(found[point] == expected[point])
            let distances = expected[point].map { Reference.squaredDistance(rows[point], rows[$0]) }
            #expect(relativeError(found.squaredDistances(of: point), distances) < 1e-6)
        }
    }

    @Test func `points in one place are neighbours in the order of their numbers`() throws {
        let points = try Points([Float](repeating: 3, count: 3 * 60), dimensions: 3)
        let found = try NearestNeighbours(of: points, count: 4, team: Team(threads: 1))
        #expect(found.squaredDistances(of: 0) == [0, 0, 0, 0])
        #expect(found[0] == [1, 2, 3, 4])
        #expect(found[2] == [0, 1, 3, 4])
    }

    @Test func `more neighbours than other points are refused`() throws {
        let points = try Points([1, 2, 3], dimensions: 1)
        #expect(throws: EmbeddingError.tooFew(points: 3, needed: 4)) {
            try NearestNeighbours(of: points, count: 3, team: Team(threads: 1))
        }
    }
}
