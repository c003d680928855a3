import Kernels
import Tensors

/// t-SNE by Barnes and Hut's method, with scikit-learn's settings: points in the plane whose neighbours are those that
/// they have in the space that they come from.
///
///     let plane = try TSNE().embed(points, team: team)
///
/// A point's forces are computed by one thread in a fixed order, so that the same points give the same bits for any
/// number of threads.
package struct TSNE: Sendable {
    /// About how many neighbours a point has.
    package var perplexity: Float = 30
    package var iterations = 1000

    package init(perplexity: Float = 30, iterations: Int = 1000) {
        self.perplexity = perplexity
        self.iterations = iterations
    }

    /// Points are reduced to so many principal components first, which removes noise and time.
    package static let components = 50

    /// For so many iterations at first, clusters are drawn together to find their places.
    static let earlyIterations = 250
    static let earlyExaggeration: Float = 12
    static let angle: Float = 0.5

    /// Points in the plane, and how well they imitate.
    package struct Embedding: Sendable {
        package let points: [PlanePoint]
        /// The divergence of the probabilities in the plane from those in the space, which descent makes small.
        package let divergence: Double
    }

    /// Embeds points. `shouldContinue` is asked after each iteration; where it refuses, the result is nil.
    package func embed(
        _ points: Points, team: Team, shouldContinue: (_ iteration: Int) -> Bool = { _ in true }
    ) throws -> Embedding? {
        guard points.count > 1 else { throw EmbeddingError.tooFew(points: points.count, needed: 2) }
        guard perplexity < Float(points.count) else {
            throw EmbeddingError.perplexity(perplexity, points: points.count)
        }
        let reduced = try PrincipalComponents(of: points, count: Self.components, team: team)
            .project(points, team: team)
        let neighbours = try NearestNeighbours(
            of: reduced, count: min(points.count - 1, Int(3 * perplexity + 1)), team: team)
        let affinities = Affinities(neighbours, points: points.count, perplexity: perplexity, team: team)
        let descent = Descent(affinities, start: Self.start(reduced), angle: Self.angle, team: team)
        for iteration in 0..<iterations {
            let isEarly = iteration < Self.earlyIterations
            guard descent.step(exaggeration: isEarly ? Self.earlyExaggeration : 1, momentum: isEarly ? 0.5 : 0.8)
            else { throw EmbeddingError.diverged(iteration: iteration + 1) }
            guard shouldContinue(iteration + 1) else { return nil }
        }
        return Embedding(points: descent.points, divergence: descent.divergence)
    }

    /// The first two principal components, scaled to a deviation of 1e-4 along the first.
    private static func start(_ reduced: Points) -> [PlanePoint] {
        let plane = reduced.inPlane
        let variance = plane.reduce(0.0) { $0 + Double($1.x) * Double($1.x) } / Double(plane.count)
        let scale = variance > 0 ? Float(1e-4 / variance.squareRoot()) : 0
        return plane.map { $0 * scale }
    }
}
