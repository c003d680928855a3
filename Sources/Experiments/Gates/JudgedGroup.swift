import Schema

/// A sweep's group of repeats, held to what the config expects.
package struct JudgedGroup: Sendable {
    /// Who was judged.
    package let group: TrialGroup

    /// Every bound of the config, held against the group's means.
    package let expectations: [JudgedExpectation]

    /// What they come to; nil where nothing is expected.
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
    /// Holds the mean of every metric over repeats to its bounds.
    package func judged(over repeats: [Metric: [Double]]) -> [JudgedExpectation] {
        bounds.map { JudgedExpectation($0, repeats: Sample(repeats[$0.metric] ?? [])) }
    }

    /// Holds each group of a sweep's trials to the bounds; `Verdict(all:)` of their verdicts is the sweep's.
    package func judged(_ groups: [TrialGroup]) -> [JudgedGroup] {
        groups.map { group in
            JudgedGroup(
                group: group, expectations: bounds.map { JudgedExpectation($0, repeats: group.sample($0.metric)) })
        }
    }
}
