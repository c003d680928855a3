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

    /// For each pair what of the first group less the second is more than chance, a row a figure; where all are compared with one,
    /// for each figure a row a group.
    var differenceTables: [TextTable] {
        guard let base else {
            return pairs.map { pair in
                differences(
                    "\(groups[pair.first].name) − \(groups[pair.second].name)",
                    shown.compactMap { metric in
                        comparison(pair, on: metric).map { [metric.title] + cells(metric, $0) }
                    })
            }
        }
        return shown.map { metric in
            differences(
                "\(metric.title), less that of \(groups[base].name)",
                order.compactMap { index in
                    pairs.first { $0.first == index }.flatMap { comparison($0, on: metric) }
                        .map { [groups[index].name] + cells(metric, $0) }
                })
        }
    }

    /// How to read many differences at once; nil where there are few.
    var caution: String? {
        pairs.count < 5
            ? nil : "Of twenty differences that are none, one looks like more by chance: its interval leaves out zero."
    }

    private func differences(_ title: String, _ rows: [[String]]) -> TextTable {
        TextTable(
            [
                TextTable.Column(title), .right("difference"), .right("95 % interval"), .right("t"), .right("df"),
                .right("p"), "test",
            ], rows: rows)
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

    private func cells(_ metric: Metric, _ comparison: GroupComparison) -> [String] {
        // Of percentages nobody could tell a difference in percent from one in percentage points.
        let (factor, digits, unit) = metric.isAccuracy ? (100.0, 2, " pp") : (1.0, 4, "")
        let range = comparison.interval.map { range in
            [range.lowerBound, range.upperBound].map { signed($0 * factor, digits: digits) }.joined(separator: " to ")
                + unit
        }
        let p = comparison.p.map { $0 < 0.0001 ? "< 0.0001" : fixed($0, digits: 4) }
        return [
            signed(comparison.difference * factor, digits: digits) + unit, range ?? absent,
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
