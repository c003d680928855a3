import Kernels
import Tensors

/// The nearest of all other points for each of some points, found by comparing all with all.
///
///     let neighbours = try NearestNeighbours(of: points, count: 91, team: team)
///     neighbours[7].first  // the one that is nearest to point 7
package struct NearestNeighbours {
    /// Neighbours of each point.
    package let count: Int
    let indices: Buffer<UInt32>
    let squaredDistances: Buffer<Float>

    package init(of points: Points, count: Int, team: Team) throws {
        guard points.count > count else { throw EmbeddingError.tooFew(points: points.count, needed: count + 1) }
        // Where scores are not finite, there would not be as many candidates as are counted on.
        guard points.haveDistances else { throw EmbeddingError.tooLarge }
        self.count = count
        let packing = PackedPoints(points.shape)
        let packed = try packing.pack(points, team: team)
        let indices = Buffer<UInt32>(count: points.count * count, repeating: 0)
        let distances = Buffer<Float>(count: points.count * count, repeating: 0)
        let shape = NearestShape(packing, neighbours: count)
        points.forEachBlock(of: PackedPoints.block, team: team) { block in
            nearest(
                shape, of: block, x: points.base, packed: packed.base, indices: indices.base,
                squaredDistances: distances.base)
        }
        self.indices = indices
        squaredDistances = distances
    }

    /// A point's neighbours, nearest first; the one of lower index first where they are equally near.
    package subscript(point: Int) -> [Int] {
        (point * count..<(point + 1) * count).map { Int(indices.base[$0]) }
    }

    /// The squared distances of a point's neighbours.
    package func squaredDistances(of point: Int) -> [Float] {
        (point * count..<(point + 1) * count).map { squaredDistances.base[$0] }
    }
}

extension PackedPoints {
    /// Packs points for scores.
    func pack(_ points: Points, team: Team) throws -> FloatMemory {
        let packed = try FloatMemory(count: floats)
        team.forEach(pieces) { pack(piece: $0, from: points.base, asScores: true, to: packed.base) }
        return packed
    }
}
