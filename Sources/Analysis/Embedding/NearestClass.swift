import Kernels

/// The share of points whose nearest neighbour is of their class: what a 1-nearest-neighbour classifier achieves when
/// each point is left out in turn.
package func nearestNeighbourAccuracy(of plane: [PlanePoint], labels: [UInt8], team: Team) throws -> Double {
    precondition(plane.count == labels.count)
    let neighbours = try NearestNeighbours(of: Points(plane), count: 1, team: team)
    let correct = plane.indices.count { labels[neighbours[$0][0]] == labels[$0] }
    return Double(correct) / Double(plane.count)
}
