/// What expectations come to.
package enum Verdict: String, Sendable {
    /// All were met.
    case passed
    /// One was not met.
    case failed
    /// None was missed, but one cannot be decided.
    case inconclusive

    /// What all expectations together come to; nil where nothing is expected.
    package init?(_ expectations: [JudgedExpectation]) {
        if expectations.isEmpty { return nil }
        if expectations.contains(where: { $0.met == false }) {
            self = .failed
        } else {
            self = expectations.contains { $0.met == nil } ? .inconclusive : .passed
        }
    }

    /// What several groups of trials come to: failed if any is, else inconclusive if any is; nil where none has a verdict.
    package init?(all verdicts: [Verdict?]) {
        let verdicts = verdicts.compactMap(\.self)
        guard let worst = [Verdict.failed, .inconclusive, .passed].first(where: verdicts.contains) else { return nil }
        self = worst
    }
}
