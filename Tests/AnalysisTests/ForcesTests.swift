import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct ForcesTests {
    /// Points in a few clumps, so that cells of all sizes are seen as one.
    private func clumps(_ count: Int) -> [SIMD2<Float>] {
        var noise = Noise("clumps")
        let centres = noise.floats(12, in: -40...40)
        let offsets = noise.floats(2 * count)
        return (0..<count).map { index in
            let centre = 2 * (index % 6)
            return SIMD2(centres[centre], centres[centre + 1]) + 5 * SIMD2(offsets[2 * index], offsets[2 * index + 1])
        }
    }

    private func repulsion(on points: [SIMD2<Float>], angle: Float) -> (forces: [SIMD2<Float>], sum: Double) {
        let tree = CellTree(count: points.count, angle: angle)
        let memory = WalkMemory(tree)
        let forces = Buffer<SIMD2<Float>>(count: points.count, repeating: .zero)
        let positions = Buffer(points)
        tree.build(positions.base)
        let sums = (0..<tree.groups).map { Double(tree.repel(group: $0, memory, to: forces.base)) }
        return (forces.values, sums.reduce(0, +))
    }

    @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 31, 100, 129, 1000])
    func `repulsion with no cell seen as one is the sum over all pairs`(count: Int) {
        let points = clumps(count)
        let (forces, sum) = repulsion(on: points, angle: 1e-4)
        let expected = Reference.forces(on: points, probabilities: points.map { _ in points.map { _ in 0 } })
        let total = Reference.planeWeights(points).joined().reduce(0, +)
        #expect(abs(sum - total) <= 1e-5 * total)
        #expect(relativeError(forces.flatMap { [$0.x, $0.y] }, expected.repulsion.flatMap { [$0.x, $0.y] }) < 1e-5)
    }

    @Test func `repulsion by Barnes and Hut's cells is within a percent of the sum over all pairs`() {
        let points = clumps(2000)
        let (forces, sum) = repulsion(on: points, angle: 0.5)
        let expected = Reference.forces(on: points, probabilities: points.map { _ in points.map { _ in 0 } })
        let total = Reference.planeWeights(points).joined().reduce(0, +)
        #expect(abs(sum / total - 1) < 0.005)
        let error = relativeDistance(forces.flatMap { [$0.x, $0.y] }, expected.repulsion.flatMap { [$0.x, $0.y] })
        #expect(error < 0.01)
        #expect(error > 1e-5)
    }

    @Test func `points in one place do not push each other`() {
        let (forces, sum) = repulsion(on: [SIMD2<Float>](repeating: SIMD2(2, 3), count: 100), angle: 0.5)
        #expect(forces.allSatisfy { $0 == .zero })
        #expect(sum == 9900)
    }

    @Test func `attraction is the sum over the neighbours`() {
        let points = clumps(100)
        var noise = Noise("probabilities")
        var starts = [0]
        var indices: [UInt32] = []
        var values: [Float] = []
        var dense = points.map { _ in points.map { _ in 0.0 } }
        for point in points.indices {
            for place in 0..<NeighbourRows.step * (point % 4) {
                let other = (7 * point + 3 * place + 1) % points.count
                indices.append(UInt32(other))
                values.append(noise.floats(1, in: 0...1)[0])
                dense[point][other] += Double(values[values.count - 1])
            }
            starts.append(indices.count)
        }
        let forces = Buffer<SIMD2<Float>>(count: points.count, repeating: .zero)
        let memory = (Buffer(starts), Buffer(indices), Buffer(values), Buffer(points))
        let rows = NeighbourRows(starts: memory.0.base, indices: memory.1.base, probabilities: memory.2.base)
        attract(0..<points.count, rows, memory.3.base, to: forces.base)
        let expected = Reference.forces(on: points, probabilities: dense).attraction
        #expect(relativeError(forces.values.flatMap { [$0.x, $0.y] }, expected.flatMap { [$0.x, $0.y] }) < 1e-5)
        withExtendedLifetime(memory) {}
    }
}
