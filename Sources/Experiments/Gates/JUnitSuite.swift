import Reporting

/// Numbers of test cases by outcome.
struct JUnitCounts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    static func + (a: JUnitCounts, b: JUnitCounts) -> JUnitCounts {
        JUnitCounts(
            tests: a.tests + b.tests, failures: a.failures + b.failures, errors: a.errors + b.errors,
            skipped: a.skipped + b.skipped)
    }

    /// As attributes of an XML element.
    var attributes: String {
        "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    }
}

/// A training as a test case.
package struct JUnitTraining: Sendable {
    enum Outcome {
        /// Why there are no results.
        case error(String)
        /// Why there are none yet.
        case skipped(String)
    }

    let name: String
    let seconds: Double
    /// Nil for one that came to its end.
    let outcome: Outcome?

    /// As an element of a test case, with its message.
    fileprivate var element: (element: String, message: String)? {
        switch outcome {
        case nil: nil
        case .error(let message): ("error", message)
        case .skipped(let message): ("skipped", message)
        }
    }
}

/// A test suite: trainings, and expectations about them.
struct JUnitSuite: Sendable {
    let name: String
    let trainings: [JUnitTraining]
    let expectations: [JudgedExpectation]

    var counts: JUnitCounts {
        let elements = trainings.compactMap(\.element?.element)
        return JUnitCounts(
            tests: expectations.count + trainings.count, failures: expectations.count { $0.met == false },
            errors: elements.count { $0 == "error" },
            skipped: expectations.count { $0.met == nil } + elements.count { $0 == "skipped" })
    }

    /// The `testsuite` element.
    var xml: String {
        let trained = trainings.map { testCase($0.name, seconds: $0.seconds, outcome: $0.element) }
        let seconds = trainings.reduce(0) { $0 + $1.seconds }
        let cases = trained + expectations.map(testCase)
        let head = "name=\(attribute(name)) \(counts.attributes) time=\"\(fixed(seconds, digits: 3))\""
        return (["  <testsuite \(head)>"] + cases + ["  </testsuite>"]).joined(separator: "\n")
    }

    private func testCase(_ expectation: JudgedExpectation) -> String {
        let metric = expectation.bound.metric.rawValue
        let value = expectation.value.map { "\($0)" } ?? "unknown"
        let spread = expectation.count.map { count in
            let range = expectation.interval.map { ", between \($0.lowerBound) and \($0.upperBound)" } ?? ""
            return " in the mean of \(count)\(range)"
        }
        let found = "\(metric) is \(value)\(spread ?? "")"
        let open = spread == nil ? "one run cannot decide" : "these repeats cannot decide"
        let outcome: (String, String)? =
            switch expectation.met {
            case true: nil
            case false: ("failure", "\(found), expected \(expectation.limits)")
            case nil: ("skipped", "\(found), and \(open) whether that is \(expectation.limits)")
            }
        return testCase("\(metric) \(expectation.limits)", seconds: 0, outcome: outcome)
    }

    private func testCase(_ name: String, seconds: Double, outcome: (element: String, message: String)?) -> String {
        let start =
            "    <testcase classname=\(attribute(self.name)) name=\(attribute(name)) time=\"\(fixed(seconds, digits: 3))\""
        guard let outcome else { return start + "/>" }
        return """
            \(start)>
                  <\(outcome.element) message=\(attribute(outcome.message))/>
                </testcase>
            """
    }
}

/// A quoted attribute value; special characters are escaped, those that XML forbids are replaced.
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
