import Reporting

/// Whether a sweep's best group is better by more than chance, told in a sentence.
package struct Distinction: Sendable, Equatable {
    /// The metric that they are compared by.
    package let metric: Metric

    /// Best against next; nil where one has no such figure.
    package let comparison: GroupComparison?

    private let best: String
    private let next: String

    /// Compares the two best groups.
    package init(best: TrialGroup, next: TrialGroup, on metric: Metric) {
        self.metric = metric
        comparison = best.compared(with: next, on: metric)
        self.best = best.label
        self.next = next.label
    }

    /// Whether chance alone is an unlikely explanation of which of the two came first.
    package var isDistinguishable: Bool { comparison?.isDistinguishable ?? false }

    /// One sentence for people.
    package var sentence: String {
        guard let comparison else { return "\(metric.rawValue) is not known of both \(best) and \(next)." }
        let by = "\(metric.rawValue) differs by \(signed(comparison.difference))"
        guard let interval = comparison.interval, let p = comparison.p else {
            return "The best (\(best)) is not distinguishable from the next (\(next)): \(by), but without repeats "
                + "nobody knows how much of it is chance."
        }
        let chance = p < 0.0001 ? "p < 0.0001" : "p = \(fixed(p, digits: 4))"
        let range = "\(signed(interval.lowerBound)) to \(signed(interval.upperBound))"
        return
            "The best (\(best)) is \(isDistinguishable ? "" : "not ")distinguishable from the next (\(next)): \(by), "
            + "95 % interval \(range), \(chance), \(comparison.method.words)."
    }
}

extension GroupComparison.Method {
    /// For people.
    package var words: String {
        switch self {
        case .welch: "Welch's test"
        case .paired: "paired by seed"
        }
    }
}

/// A difference with its sign, as `+0.0012`.
func signed(_ value: Double, digits: Int = 4) -> String {
    let text = fixed(value, digits: digits)
    return text.hasPrefix("-") || !value.isFinite ? text : "+\(text)"
}
