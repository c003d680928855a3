import Reporting

/// A run as CI systems show tests: one test case for the training and one for every expectation.
///
///     let report = JUnitReport(run: config.name, expectations: result.expectations, seconds: seconds)
///     try AtomicFile.write(report.xml, to: path)
package struct JUnitReport: Sendable {
    private let run: String
    private let expectations: [JudgedExpectation]
    private let seconds: Double
    private let failure: String?

    /// `failure` is what ended a run that came to no results, and whose expectations are therefore not judged.
    package init(run: String, expectations: [JudgedExpectation], seconds: Double, failure: String? = nil) {
        self.run = run
        self.expectations = expectations
        self.seconds = seconds
        self.failure = failure
    }

    /// The whole document, in the dialect that Jenkins, GitLab and GitHub's actions have in common.
    package var xml: String {
        let counts = [
            ("tests", expectations.count + 1), ("failures", expectations.count { $0.met == false }),
            ("errors", failure == nil ? 0 : 1), ("skipped", expectations.count { $0.met == nil }),
        ].map { "\($0)=\"\($1)\"" }.joined(separator: " ")
        let suite = "name=\(attribute(run)) \(counts) time=\"\(fixed(seconds, digits: 3))\""
        let cases = [training] + expectations.map(testCase)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="mnist-lab" \(counts)>
              <testsuite \(suite)>
            \(cases.joined(separator: "\n"))
              </testsuite>
            </testsuites>

            """
    }

    private var training: String {
        testCase("training", seconds: seconds, outcome: failure.map { ("error", $0) })
    }

    private func testCase(_ expectation: JudgedExpectation) -> String {
        let metric = expectation.bound.metric.rawValue
        let value = expectation.value.map { "\($0)" } ?? "unknown"
        let outcome: (String, String)? =
            switch expectation.met {
            case true: nil
            case false: ("failure", "\(metric) is \(value), expected \(expectation.limits)")
            case nil:
                ("skipped", "\(metric) is \(value), and one run cannot decide whether that is \(expectation.limits)")
            }
        return testCase("\(metric) \(expectation.limits)", seconds: 0, outcome: outcome)
    }

    private func testCase(_ name: String, seconds: Double, outcome: (element: String, message: String)?) -> String {
        let start =
            "    <testcase classname=\(attribute(run)) name=\(attribute(name)) time=\"\(fixed(seconds, digits: 3))\""
        guard let outcome else { return start + "/>" }
        return """
            \(start)>
                  <\(outcome.element) message=\(attribute(outcome.message))/>
                </testcase>
            """
    }
}

/// A text in quotes, with nothing in it that means something to XML or that XML forbids.
private func attribute(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        // Unescaped, a reader turns them into blanks.
        case "\n", "\r", "\t": result += "&#\(scalar.value);"
        case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
