import Schema

/// A sweep's group of repeats, judged by the config's expectations.
package struct JudgedGroup: Sendable {
    package let group: TrialGroup

    /// Every bound of the config, compared with the group's means.
    package let expectations: [JudgedExpectation]

    /// Nil where nothing is expected.
    package var verdict: Verdict? { Verdict(expectations) }

    /// As `result.json` has it for one run, with the values that the group has in common.
    package var json: JSON {
        [
            "values": JSON(.object(group.values)), "n": JSON(group.trials.count),
            "expect": JSON(.array(expectations.map(\.json))), "verdict": JSON(verdict?.rawValue),
        ]
    }
}

extension Expectations {
    /// Judges the mean of each metric over repeats.
    package func judged(over repeats: [Metric: [Double]]) -> [JudgedExpectation] {
        bounds.map { JudgedExpectation($0, repeats: Sample(repeats[$0.metric] ?? [])) }
    }

    /// Judges each group of a sweep's trials; `Verdict(all:)` of their verdicts is the sweep's.
    package func judged(_ groups: [TrialGroup]) -> [JudgedGroup] {
        groups.map { group in
            JudgedGroup(
                group: group, expectations: bounds.map { JudgedExpectation($0, repeats: group.sample($0.metric)) })
        }
    }
}
