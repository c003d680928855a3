import Testing

@testable import Experiments

@Suite struct GroupComparisonTests {
    @Test(arguments: StatisticsFigures.welch)
    func `Welch's test is SciPy's`(figures: StatisticsFigures.Case) {
        let comparison = GroupComparison(Sample(figures.numbers("first")), Sample(figures.numbers("second")))
        #expect(comparison.method == .welch)
        Self.expect(comparison, toBe: figures)
    }

    @Test(arguments: StatisticsFigures.paired)
    func `the paired test is SciPy's`(figures: StatisticsFigures.Case) {
        let pairs = zip(figures.numbers("first"), figures.numbers("second")).map { (first: $0, second: $1) }
        let comparison = GroupComparison(pairs: pairs)
        #expect(comparison.method == .paired)
        Self.expect(comparison, toBe: figures)
    }

    @Test func `groups without any deviation differ for certain or not at all`() {
        let (high, low) = (Sample([0.5, 0.5]), Sample([0.25, 0.25, 0.25]))
        let different = GroupComparison(low, high)
        #expect(different.interval == -0.25...(-0.25))
        #expect(different.t == -.infinity)
        #expect(different.p == 0)
        #expect(different.degreesOfFreedom == 3)
        #expect(different.isDistinguishable)
        let same = GroupComparison(low, low)
        #expect(same.interval == 0...0)
        #expect(same.t == 0)
        #expect(same.p == 1)
        #expect(!same.isDistinguishable)
        let shifted = GroupComparison(pairs: [(0.75, 0.5), (1, 0.75)])
        #expect(shifted.p == 0)
        #expect(shifted.interval == 0.25...0.25)
    }

    @Test(arguments: [
        GroupComparison(Sample([0.75]), Sample([0.5, 0.5])), GroupComparison(Sample([0.5, 1]), Sample([0.5])),
        GroupComparison(pairs: [(0.75, 0.5)]), GroupComparison(Sample([.infinity, 1]), Sample([1, 2])),
        GroupComparison(pairs: []),
    ])
    func `what cannot be tested has no interval and no p, and is not distinguishable`(comparison: GroupComparison) {
        #expect(comparison.interval == nil)
        #expect(comparison.t == nil)
        #expect(comparison.degreesOfFreedom == nil)
        #expect(comparison.p == nil)
        #expect(!comparison.isDistinguishable)
        #expect(comparison.difference == 0.25 || !comparison.difference.isFinite)
    }

    private static func expect(_ comparison: GroupComparison, toBe figures: StatisticsFigures.Case) {
        expectClose(comparison.difference, figures.number("difference"), scale: 1e-3)
        expectClose(comparison.t, figures.number("t"), scale: 1e-2)
        expectClose(comparison.degreesOfFreedom, figures.number("degrees_of_freedom"))
        expectClose(comparison.p, figures.number("p"))
        expectClose(comparison.interval?.lowerBound, figures.number("low"), scale: 1e-3)
        expectClose(comparison.interval?.upperBound, figures.number("high"), scale: 1e-3)
    }
}
