import Schema

extension SweepResults {
    /// All trials with the same values, in whatever state.
    struct Group {
        let rows: [Row]
        /// The finished trials, for statistics; nil if there are none.
        let result: TrialGroup?

        /// What varies between groups, with this one's values.
        var setting: [JSON.Member] {
            (rows.first?.trial.values ?? []).filter { !TrialResult.repeatPaths.contains($0.path) }
                .map { JSON.Member($0.path, $0.value) }
        }

        /// The value that the group's trials have in common.
        func value(at path: String) -> JSON? { rows.first?.trial.value(at: path) }
    }

    /// Finished trials by groups: `summary.csv`.
    package var summary: TrialSummary { TrialSummary(rows.compactMap(result), among: valueNames) }

    /// What varied values are called, those of trials without results, too.
    var valueNames: ValueNames { ValueNames(of: rows.map(\.trial)) }

    /// What chooses between groups: halving's metric, or the one that statistics take. Never one of the test images, unless the
    /// config validates by them.
    package var decisive: Metric? {
        config.sweep?.halving.flatMap { Metric(rawValue: $0.metric.rawValue) } ?? summary.decisive
    }

    /// All groups, in the order of the plan.
    var combinations: [Group] {
        let number = Dictionary(rows.map { ($0.trial.name, $0.trial.group) }, uniquingKeysWith: { first, _ in first })
        let results = summary.groups.compactMap { group in
            group.trials.first.flatMap { number[$0.name] }.map { ($0, group) }
        }
        let result = Dictionary(results, uniquingKeysWith: { first, _ in first })
        return Dictionary(grouping: rows, by: \.trial.group).sorted { $0.key < $1.key }
            .map { Group(rows: $0.value, result: result[$0.key]) }
    }

    /// Groups from the best to the worst; those without results come last, the longer trained ones before the others.
    var ranking: [Group] {
        let ranked = decisive.map(summary.ranked) ?? summary.groups
        let places = ranked.enumerated().compactMap { place, group in group.trials.first.map { ($0.name, place) } }
        let place = Dictionary(places, uniquingKeysWith: { first, _ in first })
        let combinations = combinations
        let keys = combinations.enumerated().map { index, group in
            (
                group.result?.trials.first.flatMap { place[$0.name] } ?? Int.max,
                -(group.rows.map(\.state.history.count).max() ?? 0), index
            )
        }
        return combinations.indices.sorted { keys[$0] < keys[$1] }.map { combinations[$0] }
    }

    /// Whether the best group is more than luck; nil where there are no two.
    package var distinction: Distinction? {
        guard let metric = decisive else { return nil }
        let ranked = summary.ranked(by: metric)
        return ranked.count < 2 ? nil : Distinction(best: ranked[0], next: ranked[1], on: metric)
    }

    /// Every group judged by the expectations; empty while trials are missing, because they could change the verdict, or baselines
    /// are not read.
    package var judged: [JudgedGroup] {
        let isKnown = config.expect.bounds.allSatisfy { $0.baseline == nil || $0.baseline?.value != nil }
        return isComplete && isKnown && !config.expect.bounds.isEmpty ? config.expect.judged(summary.groups) : []
    }

    /// The verdict on all groups; nil where nothing is expected.
    package var verdict: Verdict? { Verdict(all: judged.map(\.verdict)) }

    private func result(_ row: Row) -> TrialResult? {
        guard row.standing == .finished else { return nil }
        let figures = metrics.compactMap { metric in row.state.value(of: metric).map { (metric, $0) } }
        return TrialResult(
            name: row.trial.name, values: row.trial.values.map { JSON.Member($0.path, $0.value) }, seed: row.trial.seed,
            fold: row.trial.fold, metrics: Dictionary(figures, uniquingKeysWith: { first, _ in first }))
    }
}

extension TrialState {
    /// The metrics of the last epoch that show how good a trial is, by name.
    package var figures: [(name: String, value: Double)] {
        guard let last = history.last else { return [] }
        if let validation = last.validation {
            return [("val_accuracy", validation.accuracy), ("val_loss", validation.loss)]
        }
        return [("accuracy", last.accuracy), ("loss", last.loss)]
    }
}
