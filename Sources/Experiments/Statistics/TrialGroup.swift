import Schema

/// The trials of a sweep that differ in nothing but seed and fold.
package struct TrialGroup: Sendable, Equatable {
    /// What they have in common, by its path in the config; empty where a sweep does nothing but repeat.
    package let values: [JSON.Member]

    /// What each of the values is called.
    let words: [String]

    /// One for each repeat, in the sweep's order.
    package let trials: [TrialResult]

    /// `names` tell the values from those of other groups.
    init(values: [JSON.Member], trials: [TrialResult], among names: ValueNames = ValueNames()) {
        self.values = values
        self.trials = trials
        words = values.map { names.name(of: $0.value, at: $0.key) }
    }

    /// The trials of a sweep, in groups in the order in which they first appear; without names their values get some that tell
    /// them from one another.
    package static func groups(of trials: [TrialResult], among names: ValueNames? = nil) -> [TrialGroup] {
        let names = names ?? ValueNames(trials.map(\.setting))
        var keys: [String] = []
        var members: [String: [TrialResult]] = [:]
        for trial in trials {
            // The order in which values are given makes no group.
            let key = JSON(.object(trial.setting.sorted { $0.key < $1.key })).compact
            if members[key] == nil { keys.append(key) }
            members[key, default: []].append(trial)
        }
        return keys.compactMap { members[$0] }.map { TrialGroup(values: $0[0].setting, trials: $0, among: names) }
    }

    /// `batch_size 64, learning_rate 0.001`, or nothing where nothing varies.
    package var label: String {
        let titles = shortPathTitles(values.map(\.key))
        return zip(values, words).map { "\(titles[$0.key] ?? $0.key) \($1)" }.joined(separator: ", ")
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
        repeats(metric).compared(with: other.repeats(metric), confidence: confidence)
    }

    private func repeats(_ metric: Metric) -> Repeats {
        Repeats(trials.compactMap { trial in trial.metrics[metric].map { (trial.repeated, $0) } })
    }
}
