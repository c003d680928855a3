/// A claim, both of its means, and what they say of it.
struct DecidedClaim: Sendable {
    /// What can be said of a claim.
    enum Verdict: String, Sendable {
        case holds
        case fails = "does not hold"
        /// The interval of the difference, or its lack, leaves it open.
        case undecided = "cannot be told"
        case notRun = "not run"
    }

    /// One side with our figures of it.
    struct Side: Sendable {
        let label: String
        let figure: Figure
        let sample: Sample
    }

    let said: ReportedClaim
    let first: Side
    let second: Side
    /// How far equals may differ.
    let margin: Double
    /// Nil where a side has no runs.
    let comparison: GroupComparison?
    let verdict: Verdict

    /// How many runs the side with fewer would need for a verdict, if the other grows as much, and means and deviations stay
    /// what they are; nil where there is one, where a single run has no deviation, and where a thousand would not do.
    var runsNeeded: Int? {
        guard verdict == .undecided, let comparison else { return nil }
        return comparison.repeatsNeeded(
            count: min(first.sample.count, second.sample.count),
            distance: said.relation.room(around: comparison.difference, within: margin))
    }

    init(_ claim: ReportPlan.Claim, of study: ReportedStudy, in archive: inout RunArchive) {
        said = claim.said
        func repeats(_ side: ReportPlan.Side) -> Repeats {
            Repeats(
                side.groups.flatMap { archive.runs(of: $0, in: side.folder) }.compactMap { found in
                    side.figure.value(in: found.run, at: study.at).map { (found.repeated, $0) }
                })
        }
        let (a, b) = (repeats(claim.first), repeats(claim.second))
        first = Side(label: claim.first.label, figure: claim.first.figure, sample: a.sample)
        second = Side(label: claim.second.label, figure: claim.second.figure, sample: b.sample)
        margin = claim.said.within ?? study.tolerance
        let margin = margin
        comparison = a.compared(with: b)
        verdict = comparison.map { claim.said.relation.verdict(on: $0.interval, within: margin) } ?? .notRun
    }
}

extension ReportedClaim.Relation {
    /// How far a difference lies from where the verdict turns.
    fileprivate func room(around difference: Double, within margin: Double) -> Double {
        switch self {
        case .greater, .less: abs(difference)
        case .equal: abs(margin - abs(difference))
        }
    }

    /// What the interval of a difference says of it; equals are those that differ by no more than `within`.
    func verdict(on interval: ClosedRange<Double>?, within margin: Double) -> DecidedClaim.Verdict {
        guard let interval else { return .undecided }
        let (low, high) = (interval.lowerBound, interval.upperBound)
        return switch self {
        case .greater: low > 0 ? .holds : high < 0 ? .fails : .undecided
        case .less: high < 0 ? .holds : low > 0 ? .fails : .undecided
        case .equal: -margin <= low && high <= margin ? .holds : low > margin || high < -margin ? .fails : .undecided
        }
    }
}
