import Reporting
import Schema

// Groups for programs, exact; what is unknown is null or empty.

extension ComparedGroups {
    /// A row for each group and figure, with the difference to the group that it is compared with, if there is one.
    var csv: String {
        var seen: Set<String> = []
        let paths = groups.flatMap(\.group.values).map(\.key).filter { seen.insert($0).inserted }
        let header =
            ["group"] + paths + ["metric", "n", "mean", "standard_deviation", "ci95_low", "ci95_high", "compared_with"]
            + ["difference", "difference_ci95_low", "difference_ci95_high", "test", "t", "degrees_of_freedom", "p"]
        let rows = order.flatMap { index in
            metrics.compactMap { metric -> [String]? in
                let (named, sample) = (groups[index], groups[index].group.sample(metric))
                guard sample.count > 0 else { return nil }
                let values = paths.map { path in cell(named.group.values.first { $0.key == path }?.value) }
                let interval = sample.interval(TrialSummary.confidence)
                let figures = [sample.mean, sample.standardDeviation, interval?.lowerBound, interval?.upperBound]
                return [named.name] + values + [metric.rawValue, "\(sample.count)"] + figures.map(number)
                    + differenceCells(of: index, on: metric)
            }
        }
        return CSV(header: header, rows: rows).text
    }

    /// An object a group, with every figure under its name.
    var json: JSON {
        JSON(
            .array(
                order.map { groups[$0] }.map { named in
                    let samples = metrics.map { ($0, named.group.sample($0)) }.filter { $0.1.count > 0 }
                    return [
                        "name": JSON(named.name), "directory": JSON(named.directory),
                        "values": JSON(.object(named.group.values)), "n": JSON(named.group.trials.count),
                        "metrics": JSON(.object(samples.map { JSON.Member($0.0.rawValue, $0.1.json) })),
                    ]
                }))
    }

    /// An object a pair, with the difference of every figure under its name.
    var comparisonsJSON: JSON {
        JSON(
            .array(
                pairs.map { pair in
                    let differences = metrics.compactMap { metric in
                        comparison(pair, on: metric).map { JSON.Member(metric.rawValue, $0.json) }
                    }
                    return [
                        "first": JSON(groups[pair.first].name), "second": JSON(groups[pair.second].name),
                        "metrics": JSON(.object(differences)),
                    ]
                }))
    }

    private func differenceCells(of index: Int, on metric: Metric) -> [String] {
        guard let pair = pairs.first(where: { $0.first == index }), let comparison = comparison(pair, on: metric) else {
            return Array(repeating: "", count: 8)
        }
        let ends = [comparison.difference, comparison.interval?.lowerBound, comparison.interval?.upperBound]
        let test = [comparison.t, comparison.degreesOfFreedom, comparison.p]
        return [groups[pair.second].name] + ends.map(number) + [comparison.testName ?? ""] + test.map(number)
    }
}

private func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

private func json(_ range: ClosedRange<Double>?) -> JSON {
    range.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? nil
}

extension Sample {
    fileprivate var json: JSON {
        [
            "n": JSON(count), "mean": JSON(mean), "standard_deviation": JSON(standardDeviation),
            "interval": Experiments.json(interval(TrialSummary.confidence)),
        ]
    }
}

extension GroupComparison {
    /// Nil where too few repeats allow none.
    fileprivate var testName: String? { interval == nil ? nil : method.rawValue }

    fileprivate var json: JSON {
        [
            "difference": JSON(difference), "interval": Experiments.json(interval), "test": JSON(testName),
            "t": JSON(t), "degrees_of_freedom": JSON(degreesOfFreedom), "p": JSON(p),
        ]
    }
}
