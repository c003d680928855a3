import Schema

/// How well a mean must be known: repeats are added until its interval is narrow enough, or none is left.
package struct Until: Described {
    /// Half of the 95 % interval, as tables show it behind ±.
    package var precision = 0.0
    /// Nil for the figure that is there: of validation images, or else of test images.
    package var metric: Metric?
    /// Before the first decision: two figures may be alike by chance.
    package var minRepeats = 3

    package init() {}

    package static let name = "until"
    package static let summary =
        "Repeats are added to a combination until the mean of a metric is known well enough, at most \"repeats\" of them."
    package static var fields: [Field<Until>] {
        [
            .required(
                "precision", \.precision, in: .above(0), "half of the 95 % interval of the mean: 0.002 for ± 0.002"),
            .optional(
                "metric", \.metric,
                "what must be known; null for val_accuracy, or test_accuracy where no images validate"),
            .optional("min_repeats", \.minRepeats, in: 2...1000, "repeats before the first decision"),
        ]
    }

    /// Whether these figures are enough.
    func isMet(by values: [Double]) -> Bool {
        guard let interval = Sample(values).interval(TrialSummary.confidence) else { return false }
        return (interval.upperBound - interval.lowerBound) / 2 <= precision
    }
}

/// The metric that a sweep's `until` is about.
func metricOfPrecision(_ until: Until?, validates: Bool) -> Metric {
    until?.metric ?? (validates ? .validationAccuracy : .testAccuracy)
}
