import Kernels

/// The probability that two points are neighbours, for all pairs that may be: what t-SNE imitates in the plane.
final class Affinities {
    let starts: Buffer<Int>
    private let indices: Buffer<UInt32>
    private let probabilities: Buffer<Float>

    var rows: NeighbourRows {
        NeighbourRows(starts: starts.base, indices: indices.base, probabilities: probabilities.base)
    }

    /// Probabilities of neighbours with a perplexity, made symmetric; all together they are one.
    init(_ neighbours: NearestNeighbours, points: Int, perplexity: Float, team: Team) {
        let count = neighbours.count
        let directed = Self.directed(neighbours, points: points, perplexity: perplexity, team: team)
        // The pairs whose second point is a given one.
        var incoming = [Int](repeating: 0, count: points + 1)
        for index in 0..<points * count { incoming[Int(neighbours.indices.base[index]) + 1] += 1 }
        for point in 0..<points { incoming[point + 1] += incoming[point] }
        var sources = [(point: UInt32, probability: Float)](repeating: (0, 0), count: points * count)
        var next = incoming
        for point in 0..<points {
            for place in point * count..<(point + 1) * count {
                let other = Int(neighbours.indices.base[place])
                sources[next[other]] = (UInt32(point), directed.base[place])
                next[other] += 1
            }
        }
        (starts, indices, probabilities) = Self.merged(neighbours, directed, incoming, sources, points)
    }

    /// Each point's probabilities of its own neighbours.
    private static func directed(
        _ neighbours: NearestNeighbours, points: Int, perplexity: Float, team: Team
    ) -> Buffer<Float> {
        let count = neighbours.count
        let directed = Buffer<Float>(count: points * count, repeating: 0)
        let logPerplexity = logarithm(perplexity)
        team.forEach((points + 63) / 64) { block in
            let row = Buffer<Float>(count: count.roundedUp(toMultipleOf: 16), repeating: 0)
            for point in block * 64..<min((block + 1) * 64, points) {
                row.base.update(from: neighbours.squaredDistances.base + point * count, count: count)
                neighbourProbabilities(row.base, count: count, logPerplexity: logPerplexity)
                (directed.base + point * count).update(from: row.base, count: count)
            }
        }
        return directed
    }

    /// Rows of the symmetric probabilities: a point's own neighbours by distance, then those that it is a neighbour of.
    private static func merged(
        _ neighbours: NearestNeighbours, _ directed: Buffer<Float>, _ incoming: [Int],
        _ sources: [(point: UInt32, probability: Float)], _ points: Int
    ) -> (Buffer<Int>, Buffer<UInt32>, Buffer<Float>) {
        let count = neighbours.count
        let starts = Buffer<Int>(count: points + 1, repeating: 0)
        var indices: [UInt32] = []
        var values: [Float] = []
        indices.reserveCapacity(2 * points * count)
        values.reserveCapacity(2 * points * count)
        // Where a neighbour stands in the current row, if it does.
        var places = [Int](repeating: -1, count: points)
        let half = 1 / (2 * Float(points))
        for point in 0..<points {
            let start = values.count
            for place in point * count..<(point + 1) * count {
                places[Int(neighbours.indices.base[place])] = values.count
                indices.append(neighbours.indices.base[place])
                values.append(directed.base[place] * half)
            }
            for source in sources[incoming[point]..<incoming[point + 1]] {
                if places[Int(source.point)] >= start {
                    values[places[Int(source.point)]] += source.probability * half
                } else {
                    indices.append(source.point)
                    values.append(source.probability * half)
                }
            }
            while values.count % NeighbourRows.step != 0 {
                indices.append(UInt32(point))
                values.append(0)
            }
            starts.base[point + 1] = values.count
        }
        return (starts, Buffer(indices), Buffer(values))
    }
}
