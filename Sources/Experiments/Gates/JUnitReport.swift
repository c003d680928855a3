/// A run, or a sweep's groups of repeats, as CI systems show tests: a test suite for each with one test case for the
/// training and one for every expectation.
///
///     let report = JUnitReport(run: config.name, expectations: result.expectations, seconds: seconds)
///     try AtomicFile.write(report.xml, to: path)
package struct JUnitReport: Sendable {
    private let suites: [JUnitSuite]

    /// `failure` is what ended a run that came to no results, and whose expectations are therefore not judged.
    package init(run: String, expectations: [JudgedExpectation], seconds: Double, failure: String? = nil) {
        suites = [JUnitSuite(name: run, expectations: expectations, seconds: seconds, failure: failure)]
    }

    /// A sweep's groups, a suite each, after one for its training with the reasons of all trials that failed.
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

    /// The whole document, in the dialect that Jenkins, GitLab and GitHub's actions have in common.
    package var xml: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="mnist-lab" \(suites.map(\.counts).reduce(JUnitCounts(), +).attributes)>
        \(suites.map(\.xml).joined(separator: "\n"))
        </testsuites>

        """
    }
}
