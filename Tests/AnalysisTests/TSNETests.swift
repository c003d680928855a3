import Analysis
import Kernels
import Testing

@Suite struct TSNETests {
    @Test func `clusters stay apart, and their neighbours together`() throws {
        let clusters = try Clusters(3, points: 600)
        let team = Team(threads: 2)
        let found = try #require(try TSNE(iterations: 500).embed(clusters.points, team: team))
        #expect(try trustworthiness(of: found.points, from: clusters.points, team: team) > 0.95)
        #expect(try nearestNeighbourAccuracy(of: found.points, labels: clusters.labels, team: team) == 1)
        #expect(found.divergence > 0 && found.divergence < 1.5)
    }

    @Test func `the same points give the same bits for any number of threads`() throws {
        let clusters = try Clusters(5, points: 403, dimensions: 60)
        let found = try [1, 2, 3, 7].map { threads in
            try #require(try TSNE(iterations: 300).embed(clusters.points, team: Team(threads: threads)))
        }
        for other in found.dropFirst() {
            #expect(other.points == found[0].points)
            #expect(other.divergence == found[0].divergence)
        }
    }

    @Test(arguments: [2, 3, 4, 9, 17])
    func `a few points are embedded, too`(count: Int) throws {
        let clusters = try Clusters(1, points: count)
        let found = try #require(
            try TSNE(perplexity: 1.5, iterations: 300).embed(clusters.points, team: Team(threads: 2)))
        #expect(found.points.count == count)
        #expect(found.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        #expect(Set(found.points).count == count)
    }

    @Test func `points in one place stay in one place`() throws {
        let points = try Points([Float](repeating: 1, count: 4 * 50), dimensions: 4)
        let found = try #require(try TSNE(perplexity: 5, iterations: 20).embed(points, team: Team(threads: 2)))
        #expect(found.points.allSatisfy { $0 == found.points[0] })
    }

    @Test func `a refusal ends it`() throws {
        var last = 0
        let found = try TSNE(perplexity: 5).embed(Clusters(points: 40).points, team: Team(threads: 1)) { iteration in
            last = iteration
            return iteration < 7
        }
        #expect(found == nil)
        #expect(last == 7)
    }

    @Test func `a perplexity that the points cannot have is refused`() throws {
        let clusters = try Clusters(points: 30)
        #expect(throws: EmbeddingError.perplexity(30, points: 30)) {
            try TSNE().embed(clusters.points, team: Team(threads: 1))
        }
    }
}
