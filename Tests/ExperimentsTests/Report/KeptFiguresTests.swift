import Foundation
import Schema
import Testing

@testable import Experiments

@Suite struct KeptFiguresTests {
    /// What was kept of the sample runs, written and read again.
    static func kept(_ results: ReportResults) throws -> KeptFigures {
        try KeptFigures(from: JSON(parsing: Array(results.kept.text.utf8)))
    }

    static func plan(_ reports: SampleReports) throws -> ReportPlan {
        try reports.plan(rows: ReportResultsTests.rows, claims: ReportResultsTests.claims)
    }

    @Test func `a page is the same from what was kept, when all runs are gone`() throws {
        let reports = try ReportResultsTests.reports()
        let plan = try Self.plan(reports)
        let results = reports.results(plan)
        let kept = try Self.kept(results)
        #expect(kept.text == results.kept.text)
        // A line for each run, one for each group, and one at either end.
        #expect(kept.text.split(separator: "\n").count == 7 + 3 * 2 + 2)

        let nowhere = ReportResults(plan, runs: "/nowhere", kept: kept)
        #expect(nowhere.missing == 0)
        #expect(nowhere.markdown(command: "c", pictures: "p") == results.markdown(command: "c", pictures: "p"))
        #expect(nowhere.pictures.map(\.plot.svg) == results.pictures.map(\.plot.svg))
        #expect(nowhere.kept.text == kept.text)
        let rows = nowhere.json(command: "c")["studies"]?[0]?["rows"]
        #expect(rows?[1]?["n"] == 3 && rows?[1]?["directories"] == [])
    }

    @Test func `a run takes the place of what was kept of its seed, and of nothing else`() throws {
        let reports = try SampleReports()
        try reports.addSweep([64: [0.91, 0.92], 128: [0.93, 0.94]])
        let plan = try reports.plan(rows: #"{ "config": "swept" }"#)
        let kept = try Self.kept(reports.results(plan))

        try FileManager.default.removeItem(atPath: "\(reports.runs.path)/swept")
        try reports.addSweep([64: [0.81]])
        let results = reports.results(plan, kept: kept)
        #expect(results.lines.map { $0.sample(.testAccuracy)?.values } == [[0.81, 0.92], [0.93, 0.94]])
        #expect(results.lines[0].runs.map { $0.directory == nil } == [false, true])
        #expect(
            ReportResults(plan, runs: "/", kept: results.kept).lines[0].sample(.testAccuracy)?.values == [0.81, 0.92])
    }

    @Test func `a run whose curves cannot be read takes nothing's place`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", test: 0.91)
        let plan = try reports.plan(rows: #"{ "config": "plain" }"#)
        let kept = reports.results(plan).kept
        try reports.runs.add("plain", test: 0.81)
        try reports.runs.write("epoch,loss\n", "plain", .curves)
        let results = reports.results(plan, kept: kept)
        #expect(results.errors.count == 1)
        #expect(results.lines[0].sample(.testAccuracy)?.values == [0.91])
    }

    @Test func `what was kept of another experiment is left out, but not lost`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", test: 0.91)
        let rows = #"{ "config": "plain" }"#
        let kept = reports.results(try reports.plan(rows: rows)).kept

        var changed = SampleReports.config
        changed["training"]?["epochs"] = 2
        try reports.write(changed, to: "plain")
        let plan = try reports.plan(rows: rows)
        let misfit = ReportResults(plan, runs: "/nowhere", kept: kept)
        #expect(misfit.missing == 1)
        #expect(
            misfit.misfits == [
                "what was kept of plain is left out: training.epochs is 3 there and 2 in the config"
            ])
        #expect(misfit.kept.text == kept.text)
        let other = try reports.plan(rows: #"{ "config": "swept" }"#)
        #expect(ReportResults(other, runs: "/nowhere", kept: kept).kept.text == kept.text)

        try reports.runs.add("plain", [(["training", "epochs"], 2)], test: 0.81)
        let replaced = reports.results(plan, kept: kept)
        #expect(replaced.lines[0].sample(.testAccuracy)?.values == [0.81])
        #expect(replaced.kept.groups.map(\.repeats.count) == [1])
    }

    @Test func `a figure that is asked for later is missing in what was kept before`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain")
        let kept = reports.results(try reports.plan(rows: #"{ "config": "plain" }"#)).kept
        let plan = try reports.plan(rows: #"{ "config": "plain", "reported": { "val_loss@2": 0.1 } }"#)
        #expect(ReportResults(plan, runs: "/nowhere", kept: kept).lines[0].figures[0].judgement == .unknown)
        #expect(reports.results(plan, kept: kept).lines[0].figures[0].judgement == .shown)
    }

    @Test func `no path of a data set is kept, and what is no number is null`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", [(["dataset", "path"], "/home/somebody")])
        try reports.runs.write(
            "epoch,accuracy,learning_rate,loss\n0,0.1,0.1,nan\n", "plain", .curves)
        let kept = reports.results(try reports.plan(rows: #"{ "config": "plain" }"#)).kept
        #expect(!kept.text.contains("somebody"))
        #expect(kept.text.contains(#""loss@last":null"#))
        let read = try KeptFigures(from: JSON(parsing: Array(kept.text.utf8)))
        #expect(read.groups[0].repeats[0].values[Figure(quantity: .loss, place: .last)]?.isNaN == true)
    }

    @Test(
        arguments: [
            ("", "1:1: "), ("[]", "expected an object with \"groups\""), ("{}", "missing key \"groups\""),
            (#"{ "groups": [{}] }"#, "groups[0]: missing key \"runs\""),
            (group(#"{}"#), "groups[0].repeats[0]: missing key \"epochs\""),
            (group(#"{ "epochs": -1, "figures": {} }"#), "repeats[0].epochs: expected a whole number of at least 0"),
            (group(#"{ "epochs": 1, "figures": [] }"#), "figures: expected an object with a number for each figure"),
            (group(#"{ "epochs": 1, "figures": { "lss": 1 } }"#), "unknown figure \"lss\""),
            (group(#"{ "epochs": 1, "figures": { "loss@last": "1" } }"#), "expected a number"),
            (group(#"{ "epochs": 1, "figures": {}, "seed": "x" }"#), "repeats[0].seed: expected a whole number"),
        ])
    func `a file that holds anything else is refused`(text: String, message: String) throws {
        let path = NSTemporaryDirectory() + "mnist-lab-kept-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let problems = try #require(throws: Problems.self) { try KeptFigures(reading: path) }
        #expect(problems.rendered().hasPrefix("\(path):"))
        #expect(problems.rendered().contains(message), "\(problems.rendered())")
    }

    static func group(_ run: String) -> String {
        #"{ "groups": [{ "runs": "plain", "settings": {}, "config": {}, "repeats": [\#(run)] }] }"#
    }

    @Test func `where nothing has been kept yet there is nothing`() throws {
        #expect(try KeptFigures(reading: "/nowhere/figures.json").groups.isEmpty)
    }
}
