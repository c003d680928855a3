import Testing

@testable import Experiments

@Suite struct NeededRepeatsTests {
    /// As many repeats with the same mean and deviation reach as far as asked, and one fewer do not.
    @Test(arguments: [(0.5, 2), (0.2, 3), (0.05, 10), (0.02, 4)])
    func `needed repeats are the fewest that do`(distance: Double, count: Int) throws {
        /// Half of them one below the mean, half one above, scaled to a deviation of a tenth.
        func sample(_ count: Int) -> Sample {
            let raw = (0..<count).map { $0 < count / 2 ? -1.0 : count % 2 == 1 && $0 == count / 2 ? 0 : 1 }
            let deviation = Sample(raw).standardDeviation ?? 1
            return Sample(raw.map { $0 / deviation / 10 })
        }
        func comparison(_ count: Int) -> GroupComparison {
            GroupComparison(pairs: sample(count).values.map { ($0, 0) })
        }
        func reach(_ count: Int) -> Double { comparison(count).interval?.upperBound ?? .infinity }
        let needed = try #require(comparison(count).repeatsNeeded(count: count, distance: distance))
        #expect(reach(needed) <= distance * (1 + 1e-9))
        #expect(needed == 2 || reach(needed - 1) > distance)
    }

    @Test func `nobody knows after one repeat, and what thousands would not tell is left`() {
        #expect(GroupComparison(Sample([1]), Sample([2])).repeatsNeeded(count: 1, distance: 1) == nil)
        let close = GroupComparison(Sample([1, 2, 3]), Sample([1, 2, 3.001]))
        #expect(close.repeatsNeeded(count: 3, distance: abs(close.difference)) == nil)
        #expect(close.repeatsNeeded(count: 3, distance: 0) == nil)
        #expect(close.repeatsNeeded(count: 3, distance: 0.5) != nil)
    }
}
