import Kernels
import Tensors

/// How far neighbours in the plane can be trusted: 1 where all of them are neighbours in the space that they come from,
/// too.
///
/// Venna and Kaski's measure, as in scikit-learn: each of the `neighbours` nearest in the plane that is not among the
/// `neighbours` nearest in the space costs as much as its rank there is beyond them. Of more than ten thousand points
/// some ten thousand, in blocks spread evenly, are asked for their neighbours among all.
package func trustworthiness(
    of plane: [PlanePoint], from points: Points, neighbours: Int = 5, team: Team
) throws -> Double {
    precondition(plane.count == points.count)
    // The measure is defined below half of the points.
    guard 2 * neighbours < points.count else {
        throw EmbeddingError.tooFew(points: points.count, needed: 2 * neighbours + 1)
    }
    guard points.haveDistances else { throw EmbeddingError.tooLarge }
    let found = try NearestNeighbours(of: Points(plane), count: neighbours, team: team)
    let packing = PackedPoints(points.shape)
    let packed = try packing.pack(points, team: team)
    let places = Buffer<UInt32>(count: points.count * neighbours, repeating: 0)
    let every = points.count.dividedRoundingUp(by: mostAsked)
    let blocks = stride(from: 0, to: points.count, by: every * PackedPoints.block).map { first in
        first..<min(first + PackedPoints.block, points.count)
    }
    team.forEach(blocks.count) { index in
        ranks(
            packing, of: blocks[index], others: found.indices.base, perPoint: neighbours, x: points.base,
            packed: packed.base, ranks: places.base)
    }
    let excess = places.values.reduce(0) { $0 + max(0, Int($1) - neighbours) }
    let asked = blocks.reduce(0) { $0 + $1.count }
    let (n, k) = (Double(points.count), Double(neighbours))
    return 1 - 2 / (Double(asked) * k * (2 * n - 3 * k - 1)) * Double(excess)
}

private let mostAsked = 10_000
