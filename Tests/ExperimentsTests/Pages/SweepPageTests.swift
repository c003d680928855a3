import Foundation
import Reporting
import Schema
import Testing
import Training

@testable import Experiments

@Suite struct SweepPageTests {
    private static let sweep = #"{ "grid": { "training.batch_size": [8, 16] }, "repeats": 2 }"#

    /// Results as they would be with such states.
    private func results(
        _ sweep: String = sweep, expecting: [String] = [], _ state: (Int) -> TrialState?
    ) throws -> SweepResults {
        let record = SweepRecord(try TinySweep(sweep, set: expecting).plan)
        let numbers = Dictionary(
            record.trials.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return try SweepResults(record) { state(numbers[$0.name] ?? 0) ?? .missing }
    }

    private func finished(_ accuracy: Double, epochs: Int = 1) -> TrialState {
        let score = Score(loss: 1 - accuracy, accuracy: accuracy)
        let history = (0..<epochs).map {
            EpochRecord(epoch: $0, loss: 1, accuracy: 0.5, learningRate: 0.01, validation: score)
        }
        return TrialState(history: history, test: score, failure: nil, attempts: 1)
    }

    @Test func `combinations come from the best to the worst, and trials lead to their own pages`() throws {
        let results = try results { finished(0.9 + Double($0) / 100) }
        let html = SweepPage(results: results) { _ in true }.page.html
        let parts = html.split(separator: "<section id=\"")
        let combinations = try #require(parts.first { $0.hasPrefix("combinations") })
        let rows = combinations.split(separator: "<tr>").dropFirst(2)
        #expect(rows.map { String($0.prefix(40)).contains(">16<") } == [true, false])
        for row in results.rows {
            #expect(html.contains("<a href=\"trials/\(row.trial.name)/report.html\">\(row.trial.name)</a>"))
        }
        #expect(html == SweepPage(results: results) { _ in true }.page.html)
        let second = results.rows[1].trial.name
        let withoutOne = SweepPage(results: results) { $0.name != second }.page.html
        #expect(withoutOne.contains(second) && !withoutOne.contains("trials/\(second)/"))
    }

    @Test func `what is missing, stopped or failed is said, and is no link`() throws {
        let failure = TrialState(history: [], test: nil, failure: "diverged: <loss> is nan", attempts: 1)
        let results = try results { [finished(0.9), failure, nil, nil][$0] }
        let html = SweepPage(results: results) { _ in true }.page.html
        #expect(html.contains("diverged: &lt;loss&gt; is nan"))
        #expect(html.contains("2 are still to be run"))
        #expect(html.matches(of: #/href="trials/#).count == 1)
        let almost = SweepPage(results: try self.results { $0 < 3 ? finished(0.9) : nil }) { _ in true }.page.html
        #expect(almost.contains("1 is still to be run: the same command goes on with it."))
        let nothing = SweepPage(results: try self.results { _ in nil }) { _ in true }.page.html
        #expect(nothing.contains("No trial is finished yet.") && nothing.contains("4 are still to be run"))
    }

    @Test func `expectations are judged for every combination`() throws {
        let results = try results(expecting: ["expect.test_accuracy.min=0.915"]) { finished(0.9 + Double($0) / 100) }
        let html = SweepPage(results: results) { _ in true }.page.html
        #expect(html.contains("What the config expects of every combination"))
        #expect(html.contains("<td class=\"bad\">") && html.contains("<td class=\"good\">"))
    }

    /// As `sweep.json` has one.
    private static func trial(_ number: Int) -> JSON {
        let group = number / 2
        let seed = number % 2
        var trial: JSON = ["fold": nil]
        trial["name"] = JSON("trial-\(number)")
        trial["digest"] = JSON("\(number)")
        trial["values"] = JSON(.object([JSON.Member("training.batch_size", JSON(group + 1))]))
        trial["seed"] = JSON(seed)
        trial["group"] = JSON(group)
        return trial
    }

    @Test func `a thousand trials make a page in seconds`() throws {
        let folder = try TemporaryFolder()
        var record = SweepRecord(try TinySweep(Self.sweep).plan).json
        record["trials"] = JSON(.array((0..<1000).map { number in Self.trial(number) }))
        try AtomicFile.write(record.pretty, to: "\(folder.path)/sweep.json")
        let results = try SweepResults(SweepRecord(in: folder.path)) { trial in
            finished(0.5 + Double(trial.group % 400) / 1000)
        }
        let start = ContinuousClock.now
        let html = SweepPage(results: results) { _ in true }.page.html
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(html.matches(of: #/href="trials\//#).count == 1000)
    }
}
