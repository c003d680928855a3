/// A run, or a sweep's groups of repeats, as tests for CI systems: one test suite for each, with one test case for the
/// training, or for each trial, and one for every expectation.
///
///     let report = JUnitReport(run: config.name, expectations: result.expectations, seconds: seconds)
///     try AtomicFile.write(report.xml, to: path)
package struct JUnitReport: Sendable {
    private let suites: [JUnitSuite]

    /// `failure` is why a run has no results; its expectations are then not judged.
    package init(run: String, expectations: [JudgedExpectation], seconds: Double, failure: String? = nil) {
        let training = JUnitTraining(
            name: "training", seconds: seconds, outcome: failure.map(JUnitTraining.Outcome.error))
        suites = [JUnitSuite(name: run, trainings: [training], expectations: expectations)]
    }

    /// One suite for a sweep's trials, each a test case, then one for each group.
    package init(sweep: String, trials: [JUnitTraining], groups: [JudgedGroup]) {
        suites =
            [JUnitSuite(name: sweep, trainings: trials, expectations: [])]
            + groups.map { judged in
                let label = judged.group.label
                return JUnitSuite(
                    name: label.isEmpty ? sweep : "\(sweep), \(label)", trainings: [],
                    expectations: judged.expectations)
            }
    }

    /// The trials and groups of a sweep, of which a shard knows its own trials only. In a sweep that was stopped, what is not
    /// finished counts as an error. Expectations that cannot be judged because trials are missing always do.
    package init(_ results: SweepResults, shard: Shard? = nil, isStopped: Bool = false) {
        let rows = results.rows.enumerated().filter { shard?.contains($0.offset) ?? true }.map(\.element)
        var trials = rows.map { row in
            let outcome: JUnitTraining.Outcome? =
                switch row.standing {
                case .finished, .stopped: nil
                case .failed(let reason): .error(reason)
                case .unneeded: .skipped("the means are known precisely enough without this trial")
                case .unfinished where isStopped: .error("stopped before its end; the same sweep continues it")
                case .unfinished: .skipped("this trial is not finished; the same sweep continues it")
                }
            return JUnitTraining(name: row.trial.name, seconds: 0, outcome: outcome)
        }
        if shard == nil, !results.isComplete, !results.config.expect.bounds.isEmpty {
            let missing = results.rows.count { $0.standing == .unfinished }
            let outcome = JUnitTraining.Outcome.error(
                "not judged: \(missing) of \(results.rows.count) trials \(missing == 1 ? "is" : "are") missing")
            trials.append(JUnitTraining(name: "expectations", seconds: 0, outcome: outcome))
        }
        self.init(sweep: results.name, trials: trials, groups: results.judged)
    }

    /// The whole document, in the dialect that Jenkins, GitLab and GitHub Actions have in common.
    package var xml: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="mnist-lab" \(suites.map(\.counts).reduce(JUnitCounts(), +).attributes)>
        \(suites.map(\.xml).joined(separator: "\n"))
        </testsuites>

        """
    }
}
