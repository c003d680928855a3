/// A run, or a sweep's groups of repeats, as tests for CI systems: one test suite for each, with one test case for the
/// training and one for every expectation.
///
///     let report = JUnitReport(run: config.name, expectations: result.expectations, seconds: seconds)
///     try AtomicFile.write(report.xml, to: path)
package struct JUnitReport: Sendable {
    private let suites: [JUnitSuite]

    /// `failure` is why a run has no results; its expectations are then not judged.
    package init(run: String, expectations: [JudgedExpectation], seconds: Double, failure: String? = nil) {
        suites = [JUnitSuite(name: run, expectations: expectations, seconds: seconds, failure: failure)]
    }

    /// One suite for a sweep's training, with the reasons of all failed trials, then one for each group.
    package init(
        sweep: String, groups: [JudgedGroup], seconds: Double, failures: [(trial: String, reason: String)] = []
    ) {
        let trials = JUnitSuite(
            name: sweep, expectations: [], seconds: seconds,
            failure: failures.isEmpty ? nil : failures.map { "\($0.trial): \($0.reason)" }.joined(separator: "\n"))
        suites =
            [trials]
            + groups.map { judged in
                let label = judged.group.label
                return JUnitSuite(name: label.isEmpty ? sweep : "\(sweep), \(label)", expectations: judged.expectations)
            }
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
