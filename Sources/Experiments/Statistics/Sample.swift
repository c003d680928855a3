/// Repeated measurements of one metric, regarded as a random sample.
package struct Sample: Sendable, Equatable {
    /// In the order in which they were given.
    package let values: [Double]

    /// Not a number for an empty sample.
    package let mean: Double

    /// The sample standard deviation (divided by n − 1); nil for fewer than two values.
    package let standardDeviation: Double?

    package init(_ values: [Double]) {
        self.values = values
        // Relative to the first value, so that values that are all the same have exactly that mean and no deviation.
        let first = values.first ?? .nan
        let mean = first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
        self.mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardDeviation = values.count < 2 ? nil : (squares / Double(values.count - 1)).squareRoot()
    }

    package var count: Int { values.count }

    /// The standard error of the mean; nil for fewer than two values.
    package var standardError: Double? {
        standardDeviation.map { $0 / Double(count).squareRoot() }
    }

    /// The two-sided confidence interval of the mean by Student's distribution; nil for fewer than two values, or for values
    /// that are not finite.
    package func interval(_ confidence: Double) -> ClosedRange<Double>? {
        standardError.flatMap {
            studentInterval(around: mean, error: $0, degreesOfFreedom: Double(count - 1), confidence: confidence)
        }
    }
}

/// An estimate plus or minus its error times Student's quantile; nil where that is not finite.
func studentInterval(
    around estimate: Double, error: Double, degreesOfFreedom: Double, confidence: Double
) -> ClosedRange<Double>? {
    guard error != 0 else { return estimate.isFinite ? estimate...estimate : nil }
    let reach = StudentT(degreesOfFreedom: degreesOfFreedom).quantile((1 + confidence) / 2) * error
    guard (estimate - reach).isFinite, (estimate + reach).isFinite, reach >= 0 else { return nil }
    return estimate - reach...estimate + reach
}
