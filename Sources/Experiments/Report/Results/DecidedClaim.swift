/// A claim, both of its means, and what they say of it.
struct DecidedClaim: Sendable {
    /// What can be said of a claim.
    enum Verdict: String, Sendable {
        case holds
        case fails = "does not hold"
        /// The interval of the difference, or its lack, leaves it open.
        case undecided = "cannot be told"
        case notRun = "not run"
        /// There are runs, but none of a side has the figure.
        case unknown = "no such figure"
    }

    /// One side with our figures of it.
    struct Side: Sendable {
        let label: String
        let figure: Figure
        let sample: Sample
        /// Whether there are any, with or without the figure.
        let hasRuns: Bool
    }

    let said: ReportedClaim
    let first: Side
    let second: Side
    /// How far equals may differ.
    let margin: Double
    /// Nil where a side has no figure.
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
        func read(_ side: ReportPlan.Side) -> (side: Side, repeats: Repeats) {
            let runs = side.groups.flatMap { archive.runs(of: $0, in: side.folder) }
            let repeats = Repeats(
                runs.compactMap { run in run.value(of: side.figure, at: study.at).map { (run.repeated, $0) } })
            let read = Side(label: side.label, figure: side.figure, sample: repeats.sample, hasRuns: !runs.isEmpty)
            return (read, repeats)
        }
        let (a, b) = (read(claim.first), read(claim.second))
        first = a.side
        second = b.side
        margin = claim.said.within ?? study.tolerance
        let margin = margin
        comparison = a.repeats.compared(with: b.repeats)
        verdict =
            comparison.map { claim.said.relation.verdict(on: $0.interval, within: margin) }
            ?? (first.hasRuns && second.hasRuns ? .unknown : .notRun)
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
