import Schema

/// The trials of a sweep that differ in nothing but seed and fold.
package struct TrialGroup: Sendable, Equatable {
    /// What they have in common, by its path in the config; empty where a sweep does nothing but repeat.
    package let values: [JSON.Member]

    /// One for each repeat, in the sweep's order.
    package let trials: [TrialResult]

    /// The trials of a sweep, in groups in the order in which they first appear.
    package static func groups(of trials: [TrialResult]) -> [TrialGroup] {
        var keys: [String] = []
        var members: [String: [TrialResult]] = [:]
        for trial in trials {
            // The order in which values are given makes no group.
            let key = JSON(.object(trial.setting.sorted { $0.key < $1.key })).compact
            if members[key] == nil { keys.append(key) }
            members[key, default: []].append(trial)
        }
        return keys.compactMap { members[$0] }.map { TrialGroup(values: $0[0].setting, trials: $0) }
    }

    /// `batch_size 64, learning_rate 0.001`, or nothing where nothing varies.
    package var label: String {
        let titles = shortPathTitles(values.map(\.key))
        return values.map { "\(titles[$0.key] ?? $0.key) \(brief($0.value))" }.joined(separator: ", ")
    }

    /// One figure of every trial that has it.
    package func sample(_ metric: Metric) -> Sample {
        Sample(trials.compactMap { $0.metrics[metric] })
    }

    /// The first group's figure against the second's: paired where both have the same seeds and folds, each once,
    /// otherwise by Welch's test; nil where one has no such figure.
    package func compared(
        with other: TrialGroup, on metric: Metric, confidence: Double = 0.95
    ) -> GroupComparison? {
        let (first, second) = (figures(metric), other.figures(metric))
        guard !first.isEmpty, !second.isEmpty else { return nil }
        if let pairs = Self.pairs(first, second) { return GroupComparison(pairs: pairs, confidence: confidence) }
        return GroupComparison(sample(metric), other.sample(metric), confidence: confidence)
    }

    private typealias Figure = (repeated: TrialResult.Repeat, value: Double)

    private func figures(_ metric: Metric) -> [Figure] {
        trials.compactMap { trial in trial.metrics[metric].map { (trial.repeated, $0) } }
    }

    /// Nil unless every repeat of the one is exactly one of the other.
    private static func pairs(_ first: [Figure], _ second: [Figure]) -> [(first: Double, second: Double)]? {
        guard first.count == second.count, first.allSatisfy({ $0.repeated.seed != nil }) else { return nil }
        let partners = Dictionary(second.map { ($0.repeated, $0.value) }) { a, _ in a }
        let pairs = first.compactMap { figure in partners[figure.repeated].map { (figure.value, $0) } }
        return Set(first.map(\.repeated)).count == second.count && pairs.count == second.count
            && partners.count == second.count ? pairs : nil
    }
}
