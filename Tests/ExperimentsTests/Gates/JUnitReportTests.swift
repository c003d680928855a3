import Foundation
import Schema
import Testing

@testable import Experiments

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct JUnitReportTests {
    static let met = JudgedExpectation(.init(metric: .testAccuracy, min: 0.98, max: nil, confidence: nil), value: 0.99)
    static let missed = JudgedExpectation(.init(metric: .testLoss, min: 0, max: 0.05, confidence: nil), value: 0.25)
    static let absent = JudgedExpectation(.init(metric: .bestLoss, min: nil, max: 1, confidence: nil), value: nil)
    static let repeated = JudgedExpectation(
        .init(metric: .testAccuracy, min: 0.5, max: nil, confidence: 0.95), repeats: Sample([0.5, 0.75]))
    static let open = JudgedExpectation(.init(metric: .testAccuracy, min: 0.9, max: nil, confidence: 0.95), value: 0.95)

    @Test func `every expectation is a test case`() {
        let report = JUnitReport(run: "a", expectations: [Self.met, Self.missed, Self.open], seconds: 12.3456)
        #expect(
            report.xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="mnist-lab" tests="4" failures="1" errors="0" skipped="1">
                  <testsuite name="a" tests="4" failures="1" errors="0" skipped="1" time="12.346">
                    <testcase classname="a" name="training" time="12.346"/>
                    <testcase classname="a" name="test_accuracy at least 0.98" time="0.000"/>
                    <testcase classname="a" name="test_loss at least 0.0 and at most 0.05" time="0.000">
                      <failure message="test_loss is 0.25, expected at least 0.0 and at most 0.05"/>
                    </testcase>
                    <testcase classname="a" name="test_accuracy at least 0.9" time="0.000">
                      <skipped message="test_accuracy is 0.95, and one run cannot decide whether that is at least 0.9"/>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test func `a sweep is a suite for its trials and one for each group`() throws {
        let bound = Expectations.Bound(metric: .testAccuracy, min: 0.985, max: nil, confidence: 0.95)
        let figures: [[Double]] = [[0.5, 0.5], [0.75, 1], [1, 1]]
        let groups = Expectations(bounds: [bound]).judged(
            figures.enumerated().map { SampleTrials.group($0, $1, of: .testAccuracy) })
        let outcomes: [JUnitTraining.Outcome?] = [nil, .error("diverged"), .error("\"x\""), .skipped("not yet")]
        let trials = outcomes.enumerated().map { JUnitTraining(name: "t\($0)", seconds: 0, outcome: $1) }
        let report = JUnitReport(sweep: "s", trials: trials, groups: groups)
        let range = try #require(groups[1].expectations[0].interval)
        #expect(
            report.xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="mnist-lab" tests="7" failures="1" errors="2" skipped="2">
                  <testsuite name="s" tests="4" failures="0" errors="2" skipped="1" time="0.000">
                    <testcase classname="s" name="t0" time="0.000"/>
                    <testcase classname="s" name="t1" time="0.000">
                      <error message="diverged"/>
                    </testcase>
                    <testcase classname="s" name="t2" time="0.000">
                      <error message="&quot;x&quot;"/>
                    </testcase>
                    <testcase classname="s" name="t3" time="0.000">
                      <skipped message="not yet"/>
                    </testcase>
                  </testsuite>
                  <testsuite name="s, batch_size 0" tests="1" failures="1" errors="0" skipped="0" time="0.000">
                    <testcase classname="s, batch_size 0" name="test_accuracy at least 0.985" time="0.000">
                      <failure message="test_accuracy is 0.5 in the mean of 2, between 0.5 and 0.5, expected at least 0.985"/>
                    </testcase>
                  </testsuite>
                  <testsuite name="s, batch_size 1" tests="1" failures="0" errors="0" skipped="1" time="0.000">
                    <testcase classname="s, batch_size 1" name="test_accuracy at least 0.985" time="0.000">
                      <skipped message="test_accuracy is 0.875 in the mean of 2, between \(range.lowerBound) and \(range.upperBound), and these repeats cannot decide whether that is at least 0.985"/>
                    </testcase>
                  </testsuite>
                  <testsuite name="s, batch_size 2" tests="1" failures="0" errors="0" skipped="0" time="0.000">
                    <testcase classname="s, batch_size 2" name="test_accuracy at least 0.985" time="0.000"/>
                  </testsuite>
                </testsuites>

                """)
        let whole = JUnitReport(
            sweep: "s", trials: [], groups: [JudgedGroup(group: TrialGroup(values: [], trials: []), expectations: [])])
        #expect(try Reading(whole.xml).values("testsuite", "name") == ["s", "s"])
    }

    @Test(arguments: [
        "plain", "a < b && c > d", "\"quoted\" and 'single'", "]]> <!-- -->", "two\nlines\tand\r\n", "字 🙂 é",
        "\u{85}\u{A0}",
    ])
    func `what a user or the system says survives the way through XML`(text: String) throws {
        let xml = JUnitReport(run: text, expectations: [Self.absent], seconds: 0, failure: text).xml
        let read = try Reading(xml)
        #expect(read.values("testsuite", "name") == [text])
        #expect(read.values("error", "message") == [text])
        #expect(read.values("testcase", "classname") == [text, text])
        #expect(read.values("testsuites", "errors") == ["1"])
        #expect(read.values("failure", "message") == ["best_loss is unknown, expected at most 1.0"])
    }

    @Test(arguments: [met, missed, absent, open, repeated])
    func `an expectation that was judged earlier is reported as it was then`(expectation: JudgedExpectation) throws {
        let earlier = try #require(JudgedExpectation(JSON(parsing: expectation.json.pretty)))
        func xml(_ expectation: JudgedExpectation) -> String {
            JUnitReport(run: "a", expectations: [expectation], seconds: 1).xml
        }
        #expect(xml(earlier) == xml(expectation))
        #expect(JudgedExpectation(["metric": "nonsense"]).map(xml) == nil)
    }

    @Test func `what XML forbids is replaced`() throws {
        let read = try Reading(JUnitReport(run: "\u{1B}[2J\0\u{FFFF}", expectations: [], seconds: .nan).xml)
        #expect(read.values("testsuite", "name") == ["\u{FFFD}[2J\u{FFFD}\u{FFFD}"])
    }

    /// The elements of a document that is well-formed.
    final class Reading: NSObject, XMLParserDelegate {
        private var elements: [(name: String, attributes: [String: String])] = []

        init(_ text: String) throws {
            super.init()
            let parser = XMLParser(data: Data(text.utf8))
            parser.delegate = self
            guard parser.parse() else { throw parser.parserError ?? CocoaError(.coderReadCorrupt) }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append((name, attributes))
        }

        func values(_ element: String, _ attribute: String) -> [String] {
            elements.filter { $0.name == element }.compactMap { $0.attributes[attribute] }
        }
    }
}
