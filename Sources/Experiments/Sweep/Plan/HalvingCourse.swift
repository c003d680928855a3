import Training

/// Who goes on and who is stopped, decided from nothing but the curves so far: the same whenever and wherever it is asked.
package struct HalvingCourse: Sendable {
    /// What is to become of a combination's trials.
    package enum Target: Sendable, Equatable {
        /// They train up to so many epochs, and then it is decided.
        case epochs(Int)
        /// They train to their end.
        case end
        /// They were stopped after so many epochs.
        case stopped(after: Int)
    }

    /// One for each group.
    package let targets: [Target]

    /// `groups` holds the states of each group's trials; those that failed take their group out of the race.
    init(_ halving: Halving?, epochs: Int, groups: [[TrialState]]) {
        var targets = [Target](repeating: .end, count: groups.count)
        var active = Array(groups.indices)
        guard let halving else {
            self.targets = targets
            return
        }
        for rung in halving.rungs(epochs: epochs) {
            let isDecided = active.allSatisfy { group in
                groups[group].allSatisfy { $0.isFinished || $0.failure != nil || $0.history.count >= rung }
            }
            guard isDecided else {
                for group in active { targets[group] = .epochs(rung) }
                break
            }
            let values = active.map { Self.value(of: groups[$0], halving.metric, after: rung) }
            // The sort keeps the order of equals, because their places decide between them.
            let order = active.indices.sorted { a, b in
                switch (values[a], values[b]) {
                case (let x?, let y?) where x != y: halving.metric.isBetter(x, than: y)
                case (_?, nil): true
                case (nil, _?): false
                default: a < b
                }
            }
            let kept = Set(order.prefix((active.count + halving.factor - 1) / halving.factor).map { active[$0] })
            for group in active where !kept.contains(group) { targets[group] = .stopped(after: rung) }
            active = active.filter(kept.contains)
        }
        self.targets = targets
    }

    /// The mean over a group's trials; nil where one has no such figure, and is then worse than all others.
    private static func value(of group: [TrialState], _ metric: Halving.Metric, after epochs: Int) -> Double? {
        var sum = 0.0
        for state in group {
            guard state.failure == nil, let last = state.history.prefix(epochs).last?.validation else { return nil }
            let value = metric == .validationAccuracy ? last.accuracy : last.loss
            guard value.isFinite else { return nil }
            sum += value
        }
        return sum / Double(max(group.count, 1))
    }
}
