import Schema

extension SweepResults {
    /// All trials with the same values, in whatever state.
    struct Group {
        let rows: [Row]
        /// The finished trials, for statistics; nil if there are none.
        let result: TrialGroup?

        /// The value that the group's trials have in common.
        func value(at path: String) -> JSON? { rows.first?.trial.value(at: path) }
    }

    /// Finished trials by groups: `summary.csv`.
    package var summary: TrialSummary { TrialSummary(rows.compactMap(result)) }

    /// What chooses between groups: halving's metric, or the one that statistics take. Never one of the test images.
    package var decisive: Metric? {
        config.sweep?.halving.flatMap { Metric(rawValue: $0.metric.rawValue) } ?? summary.decisive
    }

    /// Groups from the best to the worst; those without results come last, the longer trained ones before the others.
    var ranking: [Group] {
        let summary = summary
        let ranked = decisive.map(summary.ranked) ?? summary.groups
        var byGroup: [Int: [Row]] = [:]
        for row in rows { byGroup[row.trial.group, default: []].append(row) }
        let number = Dictionary(rows.map { ($0.trial.name, $0.trial.group) }, uniquingKeysWith: { first, _ in first })
        var order: [(number: Int, result: TrialGroup?)] = ranked.compactMap { group in
            group.trials.first.flatMap { number[$0.name] }.map { ($0, group) }
        }
        let known = Set(order.map(\.number))
        let epochs = byGroup.mapValues { rows in rows.map(\.state.history.count).max() ?? 0 }
        let others = byGroup.keys.filter { !known.contains($0) }
            .sorted { (-(epochs[$0] ?? 0), $0) < (-(epochs[$1] ?? 0), $1) }
        order += others.map { ($0, nil) }
        return order.map { Group(rows: byGroup[$0.number] ?? [], result: $0.result) }
    }

    /// Whether the best group is more than luck; nil where there are no two.
    package var distinction: Distinction? {
        guard let metric = decisive else { return nil }
        let ranked = summary.ranked(by: metric)
        return ranked.count < 2 ? nil : Distinction(best: ranked[0], next: ranked[1], on: metric)
    }

    /// Every group judged by the expectations; empty while trials are missing, because they could change the verdict.
    package var judged: [JudgedGroup] {
        isComplete && !config.expect.bounds.isEmpty ? config.expect.judged(summary.groups) : []
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

/// A value in few words, for the cell of a table.
package func briefly(_ value: JSON) -> String { brief(value) }
