import Reporting

extension ReportResults.Study {
    /// What came of it, in a sentence or two; empty where nothing is run.
    var verdict: String {
        let better = judged.count { $0 == .better }
        let figures =
            judged.isEmpty
            ? nil
            : "\(share(judged.agreeing, of: judged.count)) figures agree with the report, accuracies within "
                + "\(reportNumber(said.tolerance, of: .accuracy))"
                + (better == 0 ? "." : "; \(grouped(better)) \(better == 1 ? "is" : "are") better.")
        func count(_ verdict: DecidedClaim.Verdict) -> Int { decided.count { $0.verdict == verdict } }
        let others = [
            count(.fails) > 0 ? "\(count(.fails)) \(count(.fails) == 1 ? "does" : "do") not" : nil,
            count(.undecided) > 0 ? "\(count(.undecided)) cannot be told" : nil,
        ].compactMap(\.self)
        let conclusions =
            decided.isEmpty
            ? nil
            : "\(share(count(.holds), of: decided.count)) claims hold"
                + (others.isEmpty ? "." : "; \(others.joined(separator: ", ")).")
        return [figures, conclusions].compactMap(\.self).joined(separator: " ")
    }

    /// `9 of 10`, `All 10`, `none of 10`.
    private func share(_ part: Int, of whole: Int) -> String {
        switch part {
        case whole where whole > 1: "All \(grouped(whole))"
        case 0: "None of \(grouped(whole))"
        default: "\(grouped(part)) of \(grouped(whole))"
        }
    }
}
