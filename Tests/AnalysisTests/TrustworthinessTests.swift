import Analysis
import Kernels
import Testing

@Suite struct TrustworthinessTests {
    @Test(arguments: EmbeddingFigures.trustworthiness)
    func `trustworthiness is scikit-learn's`(neighbours: Int, expected: Double) throws {
        let points = try Points(EmbeddingFigures.points.flatMap(\.self), dimensions: 9)
        let found = try trustworthiness(
            of: EmbeddingFigures.plane, from: points, neighbours: neighbours, team: Team(threads: 2))
        #expect(abs(found - expected) < 1e-12)
    }

    @Test func `points that were not moved can be trusted entirely`() throws {
        let points = try Points(EmbeddingFigures.plane)
        #expect(try trustworthiness(of: EmbeddingFigures.plane, from: points, team: Team(threads: 2)) == 1)
    }

    @Test func `as many neighbours as half of the points are refused`() throws {
        let plane = (0..<10).map { PlanePoint(Float($0), 0) }
        #expect(throws: EmbeddingError.tooFew(points: 10, needed: 11)) {
            try trustworthiness(of: plane, from: Points(plane), team: Team(threads: 1))
        }
    }

    @Test func `the nearest neighbour's class is right as often as it is`() throws {
        let plane = [0, 1, 10, 11.5, 20, 22].map { PlanePoint($0, 0) }
        let accuracy = try nearestNeighbourAccuracy(of: plane, labels: [0, 0, 1, 1, 2, 1], team: Team(threads: 1))
        #expect(accuracy == 4.0 / 6)
    }
}
