import Reporting
import Schema

// Groups for people: a table of means, and one of differences for each pair.

extension ComparedGroups {
    /// What the user is told above the means.
    static let meansTitle = "Means over repeats ± half of the 95 % interval"

    /// A column for what varies, for n and for each figure that people look at first.
    var columns: [ComparisonColumn] {
        guard !groups.isEmpty else { return [] }
        let name = ComparisonColumn("name", "group", values: groups.map { JSON($0.name) })
        let counts = groups.map { JSON(.integer($0.group.trials.count)) }
        let n = ComparisonColumn("n", "n", isNumber: true, values: counts)
        return [name, n]
            + (shown + metrics.filter { !shown.contains($0) }).map { metric in
                let samples = groups.map { $0.group.sample(metric) }
                return ComparisonColumn(
                    metric.rawValue, metric.title, metric.isAccuracy ? .descending : .ascending, isNumber: true,
                    isInTable: shown.contains(metric),
                    values: samples.map { $0.count > 0 ? JSON($0.mean) : nil },
                    texts: samples.map { text(of: $0, metric) })
            }
    }

    /// For each pair what of the first group less the second is more than chance, a row a figure.
    var differenceTables: [TextTable] {
        pairs.map { pair in
            let rows = shown.compactMap { metric in comparison(pair, on: metric).map { row(metric, $0) } }
            let title = "\(groups[pair.first].name) − \(groups[pair.second].name)"
            return TextTable(
                [
                    TextTable.Column(title), .right("difference"), .right("95 % interval"), .right("t"), .right("df"),
                    .right("p"), "test",
                ], rows: rows)
        }
    }

    /// Of the figures of the last epoch those on validation images say more, if there are any.
    private var shown: [Metric] {
        let isValidated = metrics.contains(.validationAccuracy)
        let last: [Metric] = isValidated ? [.validationAccuracy, .validationLoss] : [.accuracy, .loss]
        return ([.testAccuracy] + last + [.testLoss]).filter(metrics.contains)
    }

    private func text(of sample: Sample, _ metric: Metric) -> String {
        guard sample.count > 0 else { return absent }
        let reach = sample.interval(TrialSummary.confidence).map { ($0.upperBound - $0.lowerBound) / 2 }
        let (factor, digits, unit) = metric.isAccuracy ? (100.0, 2, " %") : (1.0, 4, "")
        let spread = reach.map { " ± \(fixed($0 * factor, digits: digits))" } ?? ""
        return fixed(sample.mean * factor, digits: digits) + spread + unit
    }

    private func row(_ metric: Metric, _ comparison: GroupComparison) -> [String] {
        // Of percentages nobody could tell a difference in percent from one in percentage points.
        let (factor, digits, unit) = metric.isAccuracy ? (100.0, 2, " pp") : (1.0, 4, "")
        let range = comparison.interval.map { range in
            [range.lowerBound, range.upperBound].map { signed($0 * factor, digits: digits) }.joined(separator: " to ")
                + unit
        }
        let p = comparison.p.map { $0 < 0.0001 ? "< 0.0001" : fixed($0, digits: 4) }
        return [
            metric.title, signed(comparison.difference * factor, digits: digits) + unit, range ?? absent,
            comparison.t.map { fixed($0, digits: 2) } ?? absent,
            comparison.degreesOfFreedom.map { significant($0, digits: 3) } ?? absent, p ?? absent,
            comparison.interval == nil ? absent : comparison.method == .paired ? "paired" : "Welch",
        ]
    }
}

extension Metric {
    /// For people: `val accuracy`.
    var title: String { rawValue.split(separator: "_").joined(separator: " ") }
}
