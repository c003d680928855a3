import Kernels

/// Points on their way through the plane.
final class Descent {
    private let affinities: Affinities
    private let team: Team
    private let tree: CellTree
    private let walks: [WalkMemory]
    private let positions: Buffer<PlanePoint>
    private let attraction: Buffer<PlanePoint>
    private let repulsion: Buffer<PlanePoint>
    private let gains: Buffer<PlanePoint>
    private let velocities: Buffer<PlanePoint>
    /// Σ q of each group of points.
    private let sums: Buffer<Float>
    private let rate: Float

    /// Groups, and points, of a piece of work.
    private static let groupsAtATime = 8
    private static let pointsAtATime = 128

    init(_ affinities: Affinities, start: [PlanePoint], angle: Float, team: Team) {
        self.affinities = affinities
        self.team = team
        tree = CellTree(count: start.count, angle: angle)
        walks = (0..<team.threads).map { [tree] _ in WalkMemory(tree) }
        positions = Buffer(start)
        attraction = Buffer(count: start.count, repeating: .zero)
        repulsion = Buffer(count: start.count, repeating: .zero)
        gains = Buffer(count: start.count, repeating: PlanePoint(repeating: 1))
        velocities = Buffer(count: start.count, repeating: .zero)
        sums = Buffer(count: tree.groups, repeating: 0)
        rate = max(Float(start.count) / TSNE.earlyExaggeration / 4, 50)
    }

    var points: [PlanePoint] { positions.values }

    /// One step; false where the points flew apart.
    func step(exaggeration: Float, momentum: Float) -> Bool {
        let sum = computeForces()
        let step = DescentStep(
            exaggeration: exaggeration, inverseSum: Float(1 / sum), rate: rate, momentum: momentum)
        return step.move(
            0..<positions.count, positions.base, attraction: attraction.base, repulsion: repulsion.base,
            gains: gains.base, velocities: velocities.base)
    }

    /// The forces on all points; returns Σ q.
    private func computeForces() -> Double {
        tree.build(positions.base)
        team.run(Forces(self), count: repulsionPieces + attractionPieces)
        return sums.values.reduce(0) { $0 + Double($1) }
    }

    private var repulsionPieces: Int { tree.groups.dividedRoundingUp(by: Self.groupsAtATime) }
    private var attractionPieces: Int { positions.count.dividedRoundingUp(by: Self.pointsAtATime) }

    /// Both forces, for which points may be taken in any order.
    private final class Forces: Job {
        private let descent: Descent
        init(_ descent: Descent) { self.descent = descent }

        func run(_ index: Int, worker: Int) {
            if index < descent.repulsionPieces {
                descent.repel(piece: index, worker: worker)
            } else {
                descent.attract(piece: index - descent.repulsionPieces)
            }
        }
    }

    private func repel(piece: Int, worker: Int) {
        let first = piece * Self.groupsAtATime
        for group in first..<min(first + Self.groupsAtATime, tree.groups) {
            sums.base[group] = tree.repel(group: group, walks[worker], to: repulsion.base)
        }
    }

    private func attract(piece: Int) {
        let first = piece * Self.pointsAtATime
        Kernels.attract(
            first..<min(first + Self.pointsAtATime, positions.count), affinities.rows, positions.base,
            to: attraction.base)
    }

    /// The divergence of the probabilities in the plane from those in the space.
    var divergence: Double {
        let sum = computeForces()
        let pieces = (0..<attractionPieces).map { piece in
            let first = piece * Self.pointsAtATime
            return Double(
                Kernels.divergence(
                    first..<min(first + Self.pointsAtATime, positions.count), affinities.rows, positions.base))
        }
        return pieces.reduce(0, +) + Double(logarithm(Float(sum)))
    }
}
