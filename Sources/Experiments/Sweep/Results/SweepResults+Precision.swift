import Reporting
import Schema

extension SweepResults {
    /// One combination's repeats, where they are added until a mean is known well enough.
    private struct Reached {
        let group: TrialGroup
        let half: Double?
        let isEnough: Bool

        /// A repeat is a seed with all its folds.
        var repeats: Int { Set(group.trials.map(\.seed)).count }
    }

    private var reached: [Reached] {
        guard let until = config.sweep?.until else { return [] }
        let names = valueNames
        return combinations.map { combination in
            let group = combination.result ?? TrialGroup(values: combination.setting, trials: [], among: names)
            let sample = group.sample(metricOfPrecision)
            let half = sample.interval(TrialSummary.confidence).map { ($0.upperBound - $0.lowerBound) / 2 }
            return Reached(group: group, half: half, isEnough: until.isMet(by: sample.values))
        }
    }

    /// How many combinations are known as well as was asked, and which are not although no repeat is left; nil where nothing was
    /// asked, or trials are missing.
    var precisionSentence: String? {
        guard let until = config.sweep?.until, isComplete else { return nil }
        let reached = reached
        let enough = reached.count { $0.isEnough }
        let what = "\(metricOfPrecision.rawValue) is known within ± \(until.precision)"
        let whole =
            reached.count == 1
            ? "" : " for \(enough == reached.count ? "all" : "\(enough) of") \(reached.count) combinations"
        let others = reached.filter { !$0.isEnough }.map { one in
            let label = one.group.label.isEmpty ? "" : " with \(one.group.label)"
            if one.repeats == 0 { return "nothing\(label), for every trial failed" }
            return "± \(one.half.map { metric($0) } ?? absent) after \(one.repeats) repeats\(label)"
        }
        if others.isEmpty { return "\(what)\(whole), after \(repeatCounts)" }
        let start =
            reached.count == 1
            ? "\(metricOfPrecision.rawValue) is not known within ± \(until.precision)" : what + whole
        return "\(start); no repeat is left: \(others.joined(separator: ", ")); raise sweep.repeats"
    }

    /// `5 repeats`, `3 to 8 repeats`.
    private var repeatCounts: String {
        let counts = reached.map(\.repeats)
        guard let least = counts.min(), let most = counts.max() else { return "no repeats" }
        return least == most ? "\(least) repeats" : "\(least) to \(most) repeats"
    }

    /// For programs.
    var precision: JSON {
        guard let until = config.sweep?.until else { return nil }
        return [
            "metric": JSON(metricOfPrecision.rawValue), "precision": JSON(until.precision),
            "groups": JSON(
                .array(
                    reached.map { one in
                        [
                            "values": JSON(.object(one.group.values)), "n": JSON(one.repeats),
                            "half_interval": JSON(one.half), "reached": JSON(one.isEnough),
                        ]
                    })),
        ]
    }
}
