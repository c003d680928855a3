/// How far the means of two groups of repeats lie apart, and whether chance alone explains it.
package struct GroupComparison: Sendable, Equatable {
    /// Which of Student's tests applies.
    package enum Method: String, Sendable {
        /// For groups that have nothing in common; their deviations may differ.
        case welch
        /// For groups whose repeats belong together one by one, which takes out what they have in common.
        case paired
    }

    /// The test that was used.
    package let method: Method

    /// How much larger the first group's mean is than the second's.
    package let difference: Double

    /// The confidence interval of the difference; nil where a group has fewer than two repeats.
    package let interval: ClosedRange<Double>?

    /// The difference in terms of its error; infinite where groups without any deviation differ; nil as the interval is.
    package let t: Double?

    /// Not whole for Welch's test; nil as the interval is.
    package let degreesOfFreedom: Double?

    /// The probability of a difference this large, either way, where there is none; nil as the interval is.
    package let p: Double?

    /// Compares independent samples by Welch's test.
    package init(_ first: Sample, _ second: Sample, confidence: Double = 0.95) {
        let difference = first.mean - second.mean
        guard let a = first.standardError, let b = second.standardError else {
            self.init(.welch, difference: difference, error: nil, degreesOfFreedom: nil, confidence: confidence)
            return
        }
        let (m, n) = (Double(first.count - 1), Double(second.count - 1))
        let (x, y) = (a * a, b * b)
        let degrees = (x + y) * (x + y) / (x * x / m + y * y / n)
        // Without deviation, or with one whose square is too small for a number, the formula is 0 / 0.
        self.init(
            .welch, difference: difference, error: (x + y).squareRoot(),
            degreesOfFreedom: degrees.isFinite ? degrees : m + n, confidence: confidence)
    }

    /// Compares values that belong together pair by pair, by Student's test of their differences.
    package init(pairs: [(first: Double, second: Double)], confidence: Double = 0.95) {
        let differences = Sample(pairs.map { $0.first - $0.second })
        self.init(
            .paired, difference: differences.mean, error: differences.standardError,
            degreesOfFreedom: Double(pairs.count - 1), confidence: confidence)
    }

    private init(
        _ method: Method, difference: Double, error: Double?, degreesOfFreedom: Double?, confidence: Double
    ) {
        self.method = method
        self.difference = difference
        let interval = error.flatMap { error in
            degreesOfFreedom.flatMap {
                studentInterval(around: difference, error: error, degreesOfFreedom: $0, confidence: confidence)
            }
        }
        self.interval = interval
        guard interval != nil, let error, let degreesOfFreedom else {
            (t, self.degreesOfFreedom, p) = (nil, nil, nil)
            return
        }
        let t = difference == 0 ? 0 : difference / error
        self.t = t
        self.degreesOfFreedom = degreesOfFreedom
        p = StudentT(degreesOfFreedom: degreesOfFreedom).beyond(t)
    }

    /// Whether zero lies outside the interval, so that chance alone is an unlikely explanation of the difference.
    package var isDistinguishable: Bool { interval.map { !$0.contains(0) } ?? false }
}
