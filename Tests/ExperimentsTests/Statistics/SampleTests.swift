import Testing

@testable import Experiments

@Suite struct SampleTests {
    @Test(arguments: StatisticsFigures.samples)
    func `means, deviations and intervals are SciPy's`(figures: StatisticsFigures.Case) {
        let sample = Sample(figures.numbers("values"))
        // Of values far from zero no more can be known about what tells them apart.
        let scale = abs(sample.mean) * 1e-6
        expectClose(sample.mean, figures.number("mean"))
        expectClose(sample.standardDeviation, figures.number("standard_deviation"), scale: scale)
        expectClose(sample.standardError, figures.number("standard_error"), scale: scale)
        let ends = zip(figures.numbers("low"), figures.numbers("high"))
        for (confidence, (low, high)) in zip(figures.numbers("confidences"), ends) {
            expectClose(sample.interval(confidence)?.lowerBound, low)
            expectClose(sample.interval(confidence)?.upperBound, high)
        }
    }

    @Test func `one value is a mean and says nothing about chance`() {
        let sample = Sample([0.97])
        #expect(sample.mean == 0.97)
        #expect(sample.count == 1)
        #expect(sample.standardDeviation == nil)
        #expect(sample.standardError == nil)
        #expect(sample.interval(0.95) == nil)
        #expect(Sample([]).mean.isNaN)
        #expect(Sample([]).interval(0.95) == nil)
    }

    @Test(arguments: [0.1, 0.97, 1e-300, -7])
    func `values that are all the same have exactly that mean and no deviation`(value: Double) {
        let sample = Sample(Array(repeating: value, count: 7))
        #expect(sample.mean == value)
        #expect(sample.standardDeviation == 0)
        #expect(sample.interval(0.95) == value...value)
    }

    @Test(arguments: [[1, .nan, 2], [.infinity, .infinity], [1, .infinity], [.nan, .nan]] as [[Double]])
    func `what is no finite number has no interval`(values: [Double]) {
        #expect(Sample(values).interval(0.95) == nil)
    }
}
