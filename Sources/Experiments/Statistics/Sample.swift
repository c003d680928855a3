/// Repeated measurements of one figure, taken for a sample of what the figure could have been.
package struct Sample: Sendable, Equatable {
    /// In the order in which they were given.
    package let values: [Double]

    /// The average; not a number without values.
    package let mean: Double

    /// The estimate from this sample (divided by n − 1); nil for fewer than two values.
    package let standardDeviation: Double?

    /// One value for each repeat.
    package init(_ values: [Double]) {
        self.values = values
        // Relative to the first value, so that values that are all the same have exactly that mean and no deviation.
        let first = values.first ?? .nan
        let mean = first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
        self.mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardDeviation = values.count < 2 ? nil : (squares / Double(values.count - 1)).squareRoot()
    }

    /// How many values there are.
    package var count: Int { values.count }

    /// The deviation to be expected of the mean; nil for fewer than two values.
    package var standardError: Double? {
        standardDeviation.map { $0 / Double(count).squareRoot() }
    }

    /// Where the true mean lies with this confidence, by Student's distribution and as far down as up; nil where fewer
    /// than two values, or values that are no finite numbers, say nothing about it.
    package func interval(_ confidence: Double) -> ClosedRange<Double>? {
        standardError.flatMap {
            studentInterval(around: mean, error: $0, degreesOfFreedom: Double(count - 1), confidence: confidence)
        }
    }
}

/// An estimate give or take its error times Student's quantile; nil where that is no range of finite numbers.
func studentInterval(
    around estimate: Double, error: Double, degreesOfFreedom: Double, confidence: Double
) -> ClosedRange<Double>? {
    guard error != 0 else { return estimate.isFinite ? estimate...estimate : nil }
    let reach = StudentT(degreesOfFreedom: degreesOfFreedom).quantile((1 + confidence) / 2) * error
    guard (estimate - reach).isFinite, (estimate + reach).isFinite, reach >= 0 else { return nil }
    return estimate - reach...estimate + reach
}
