/// The outcome of all expectations together.
package enum Verdict: String, Sendable {
    case passed
    /// At least one expectation was not met.
    case failed
    /// No expectation was missed, but at least one cannot be decided.
    case inconclusive

    /// Nil where nothing is expected.
    package init?(_ expectations: [JudgedExpectation]) {
        if expectations.isEmpty { return nil }
        if expectations.contains(where: { $0.met == false }) {
            self = .failed
        } else {
            self = expectations.contains { $0.met == nil } ? .inconclusive : .passed
        }
    }

    /// The verdict on several groups of trials: failed if any is, else inconclusive if any is; nil where none has a verdict.
    package init?(all verdicts: [Verdict?]) {
        let verdicts = verdicts.compactMap(\.self)
        guard let worst = [Verdict.failed, .inconclusive, .passed].first(where: verdicts.contains) else { return nil }
        self = worst
    }
}
