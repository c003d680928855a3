import Schema

extension SweepResults {
    /// For programs: every trial and every group with exact figures, and what they come to.
    package func json(in directory: String) -> JSON {
        [
            "name": JSON(name), "directory": JSON(directory), "complete": JSON(isComplete),
            "trials": JSON(.array(rows.map(json))),
            "sorted_by": JSON(decisive?.rawValue),
            "groups": JSON(.array((decisive.map(summary.ranked) ?? summary.groups).map(json))),
            "best_is_distinguishable": JSON(distinction?.isDistinguishable),
            "until": precision, "expect": JSON(.array(judged.map(\.json))), "verdict": JSON(verdict?.rawValue),
        ]
    }

    private func json(_ row: Row) -> JSON {
        var reason: String?
        if case .failed(let why) = row.standing { reason = why }
        return [
            "name": JSON(row.trial.name),
            "values": JSON(.object(row.trial.values.map { JSON.Member($0.path, $0.value) })),
            "seed": JSON(row.trial.seed), "fold": JSON(row.trial.fold), "state": JSON(row.standing.word),
            "reason": JSON(reason), "epochs": JSON(row.state.history.count),
            "metrics": JSON(
                .object(
                    metrics.compactMap { metric in
                        row.state.value(of: metric).map { JSON.Member(metric.rawValue, JSON($0)) }
                    })),
        ]
    }

    private func json(_ group: TrialGroup) -> JSON {
        let figures = metrics.compactMap { metric -> JSON.Member? in
            let sample = group.sample(metric)
            guard sample.count > 0 else { return nil }
            let interval = sample.interval(TrialSummary.confidence)
            return JSON.Member(
                metric.rawValue,
                [
                    "mean": JSON(sample.mean), "standard_deviation": JSON(sample.standardDeviation),
                    "interval": interval.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? nil,
                ])
        }
        return [
            "values": JSON(.object(group.values)), "n": JSON(group.trials.count), "metrics": JSON(.object(figures)),
        ]
    }
}
