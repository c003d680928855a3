import Analysis
import TestSupport

/// Points around a few centres that lie far apart.
struct Clusters {
    let points: Points
    let labels: [UInt8]

    /// Clusters of equal sizes, each a cube, the points of all in turn.
    init(_ clusters: Int = 3, points count: Int, dimensions: Int = 10, distance: Float = 10) throws {
        var noise = Noise("\(clusters) clusters")
        let centres = (0..<clusters).map { _ in noise.floats(dimensions, in: -distance...distance) }
        labels = (0..<count).map { UInt8($0 % clusters) }
        points = try Points(
            labels.flatMap { label in zip(centres[Int(label)], noise.floats(dimensions)).map { $0 + $1 } },
            dimensions: dimensions)
    }
}
