import Tensors
import Testing

@Suite struct RandomSourceTests {
    @Test func `the same seed, purpose, epoch and index give the same number`() {
        let a = RandomSource(seed: 7, purpose: "shuffle", round: 2)
        let b = RandomSource(seed: 7, purpose: "shuffle", round: 2)
        #expect((0..<100).map(a.bits) == (0..<100).map(b.bits))
    }

    @Test func `another seed, purpose or epoch gives another stream`() {
        let base = RandomSource(seed: 7, purpose: "shuffle", round: 2)
        for other in [
            RandomSource(seed: 8, purpose: "shuffle", round: 2),
            RandomSource(seed: 7, purpose: "shuffles", round: 2),
            RandomSource(seed: 7, purpose: "shuffle", round: 3),
        ] {
            #expect((0..<64).allSatisfy { base.bits(at: $0) != other.bits(at: $0) })
        }
    }

    @Test func `uniform numbers have the mean and variance of a uniform distribution`() {
        let source = RandomSource(seed: 1, purpose: "test")
        let draws = (0..<100_000).map(source.uniform)
        let mean = draws.reduce(0, +) / 100_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
        #expect(abs(mean - 0.5) < 0.004)
        #expect(abs(variance - 1 / 12.0) < 0.001)
        #expect(draws.allSatisfy { 0 <= $0 && $0 < 1 })
    }

    @Test func `normal numbers have mean 0, variance 1 and normal tails`() {
        let source = RandomSource(seed: 1, purpose: "test")
        let draws = (0..<100_000).map(source.normal)
        let mean = draws.reduce(0, +) / 100_000
        let variance = draws.reduce(0) { $0 + $1 * $1 } / 100_000
        let beyondTwo = Double(draws.count { abs($0) > 2 }) / 100_000
        #expect(abs(mean) < 0.015)
        #expect(abs(variance - 1) < 0.02)
        #expect(abs(beyondTwo - 0.0455) < 0.003)
    }

    @Test func `truncated normal numbers stay within two standard deviations`() {
        let source = RandomSource(seed: 1, purpose: "test")
        let draws = (0..<100_000).map(source.truncatedNormal)
        let variance = draws.reduce(0) { $0 + $1 * $1 } / 100_000
        #expect(draws.allSatisfy { abs($0) <= 2 })
        #expect(abs(variance - 0.7737) < 0.01)
    }

    @Test(arguments: [0, 1, 2, 3, 10, 1000])
    func `a permutation holds every index once`(count: Int) {
        let order = RandomSource(seed: 3, purpose: "shuffle").permutation(of: count)
        #expect(order.sorted() == Array(0..<count))
    }

    @Test func `integers below a bound are spread evenly`() {
        let source = RandomSource(seed: 5, purpose: "test")
        var counts = [Int](repeating: 0, count: 7)
        for index in 0..<70_000 { counts[source.integer(below: 7, at: index)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }
}
