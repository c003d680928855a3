import Reporting
import Schema

/// A sweep's trials grouped over their repeats: `summary.csv`.
package struct TrialSummary: Sendable, Equatable {
    /// In the order in which the sweep has them.
    package let groups: [TrialGroup]

    /// The confidence of the intervals.
    package static let confidence = 0.95

    /// Groups finished trials, which must come in the sweep's own order; `names` are those of all its values.
    package init(_ trials: [TrialResult], among names: ValueNames? = nil) {
        groups = TrialGroup.groups(of: trials, among: names)
    }

    /// A row a group: the values that vary, n, and of every metric the mean, the standard deviation and the ends of the
    /// 95 % interval; numbers read back exactly, and what is unknown is empty.
    package var csv: CSV {
        var seen: Set<String> = []
        let paths = groups.flatMap(\.values).map(\.key).filter { seen.insert($0).inserted }
        let metrics = Metric.allCases.filter { metric in groups.contains { $0.sample(metric).count > 0 } }
        let figures = ["mean", "standard_deviation", "ci95_low", "ci95_high"]
        return CSV(
            header: paths + ["n"] + metrics.flatMap { metric in figures.map { "\(metric.rawValue)_\($0)" } },
            rows: groups.map { group in
                let values = paths.map { path in cell(group.values.first { $0.key == path }?.value) }
                return values + ["\(group.trials.count)"] + metrics.flatMap { Self.cells(group.sample($0)) }
            })
    }

    /// The metric that decides between groups: accuracy on the validation images, or without any on the training images. Never
    /// on the test images, which could no longer judge what they had selected.
    package var decisive: Metric? {
        [.validationAccuracy, .accuracy].first { metric in groups.contains { $0.sample(metric).count > 0 } }
    }

    /// The groups from the best mean to the worst; equals keep their order, and groups without the metric come last.
    package func ranked(by metric: Metric) -> [TrialGroup] {
        let sign = metric.isAccuracy ? -1.0 : 1
        let ranks = groups.map { group in
            let mean = group.sample(metric).mean
            return mean.isNaN ? Double.infinity : sign * mean
        }
        return groups.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { groups[$0] }
    }

    private static func cells(_ sample: Sample) -> [String] {
        guard sample.count > 0 else { return ["", "", "", ""] }
        let interval = sample.interval(confidence)
        let figures = [sample.mean, sample.standardDeviation, interval?.lowerBound, interval?.upperBound]
        return figures.map { $0.map { "\($0)" } ?? "" }
    }
}

/// A value as a field of a table: strings without quotes, an empty field for null.
func cell(_ value: JSON?) -> String {
    guard let value, !value.isNull else { return "" }
    return value.text ?? value.compact
}
