import Testing

@testable import Experiments

@Suite struct StudentTTests {
    @Test(arguments: StatisticsFigures.beta)
    func `shares of beta distributions are SciPy's`(figures: StatisticsFigures.Case) {
        let (a, b) = (figures.number("a"), figures.number("b"))
        for (x, expected) in zip(figures.numbers("x"), figures.numbers("values")) {
            expectClose(regularizedIncompleteBeta(x, a, b), expected)
        }
    }

    @Test(arguments: StatisticsFigures.student)
    func `probabilities and quantiles are SciPy's`(figures: StatisticsFigures.Case) {
        let distribution = StudentT(degreesOfFreedom: figures.number("degrees_of_freedom"))
        let probabilities = zip(figures.numbers("cumulative"), figures.numbers("beyond"))
        for (t, (cumulative, beyond)) in zip(figures.numbers("t"), probabilities) {
            expectClose(distribution.cumulative(t), cumulative)
            expectClose(distribution.beyond(t), beyond)
        }
        for (share, expected) in zip(figures.numbers("shares"), figures.numbers("quantiles")) {
            expectClose(distribution.quantile(share), expected)
        }
    }

    @Test(arguments: [
        (0.0, -Double.infinity), (1, .infinity), (0.5, 0), (-0.1, .nan), (1.1, .nan), (.nan, .nan),
    ])
    func `the ends of the scale have quantiles, and beyond them there are none`(share: Double, expected: Double) {
        let quantile = StudentT(degreesOfFreedom: 3).quantile(share)
        #expect(quantile == expected || quantile.isNaN && expected.isNaN)
    }

    @Test func `the ends of the line have probabilities`() {
        let distribution = StudentT(degreesOfFreedom: 2)
        #expect(distribution.cumulative(-.infinity) == 0)
        #expect(distribution.cumulative(.infinity) == 1)
        #expect(distribution.cumulative(.greatestFiniteMagnitude) == 1)
        #expect(distribution.beyond(.infinity) == 0)
        #expect(distribution.cumulative(.nan).isNaN)
        #expect(distribution.beyond(.nan).isNaN)
    }
}
