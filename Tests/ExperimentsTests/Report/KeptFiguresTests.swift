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

    @Test(arguments: [RunFile.curves, .result, .summary, .timings])
    func `what cannot be read of a run is filled in by what was kept`(file: RunFile) throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", test: 0.91)
        let plan = try reports.plan(rows: #"{ "config": "plain", "parameters": 34826 }"#)
        let whole = reports.results(plan)
        try reports.runs.write("epoch,loss\n", "plain", file)
        let damaged = reports.results(plan)
        #expect(damaged.kept.text != whole.kept.text)
        #expect(reports.results(plan, kept: whole.kept).kept.text == whole.kept.text)
    }

    @Test func `of one folder every config gets its own runs, whichever is asked first`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", test: 0.91)
        var other = SampleReports.config
        other["training"]?["epochs"] = 2
        try reports.write(other, to: "other")
        for (row, side) in [("plain", "other"), ("other", "plain")] {
            let plan = try reports.plan(
                rows: #"{ "config": "\#(row)", "runs": "plain" }"#,
                claims: """
                    { "claim": "c", "is": "less", "first": { "config": "\(side)", "runs": "plain", "figure": "loss" },
                      "second": { "config": "\(row)", "runs": "plain" } }
                    """)
            let results = reports.results(plan)
            #expect(results.lines.map(\.runs.count) == [row == "plain" ? 1 : 0])
            #expect(results.studies[0].claims.map(\.first.sample.count) == [side == "plain" ? 1 : 0])
            #expect(results.kept.groups.map(\.repeats.count) == [1])
        }
    }

    @Test func `folds are told apart, and trials of a sweep whose record is damaged are not taken for runs`() throws {
        let reports = try SampleReports()
        var folded = SampleReports.config
        folded["sweep"] = ["folds": 2]
        try reports.write(folded, to: "folded")
        let plan = try reports.plan(rows: #"{ "config": "folded" }"#)
        let fold = "dataset.validation.fold"
        try reports.runs.addSweep(
            "folded", [([JSON.Member(fold, 0)], 0, 0.91), ([JSON.Member(fold, 1)], 0, 0.92)])
        let results = reports.results(plan)
        #expect(results.lines[0].sample(.testAccuracy)?.count == 2)
        #expect(ReportResults(plan, runs: "/nowhere", kept: results.kept).kept.text == results.kept.text)

        try "{".write(toFile: "\(reports.runs.path)/folded/sweep.json", atomically: false, encoding: .utf8)
        let damaged = reports.results(plan, kept: results.kept)
        #expect(!damaged.errors.isEmpty)
        #expect(damaged.kept.text == results.kept.text)
    }

    @Test func `figures that others have asked for stay, as long as there are runs or their figures`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain")
        let other = try reports.plan(rows: #"{ "config": "plain", "reported": { "val_loss@2": 0.1 } }"#)
        let plan = try reports.plan(rows: #"{ "config": "plain" }"#)
        let both = reports.results(plan, kept: reports.results(other).kept).kept
        #expect(ReportResults(other, runs: "/nowhere", kept: both).lines[0].figures[0].ours?.values == [0.1])
    }

    @Test(
        arguments: [
            (["dataset", "validation"], ["use": "test"], "dataset.validation"),
            (["training", "class_weight"], ["4": 2.0], "training.class_weight"),
        ] as [([String], JSON, String)])
    func `another kind of validation, or weights of other classes, are another experiment`(
        path: [String], value: JSON, name: String
    ) throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", [(["training", "class_weight"], ["3": 2.0])])
        var changed = SampleRuns.config([(["training", "class_weight"], ["3": 2.0]), (path, value)])
        changed["training"]?["optimizer"] = SampleReports.config["training"]?["optimizer"]
        try reports.write(changed, to: "plain")
        let results = reports.results(try reports.plan(rows: #"{ "config": "plain" }"#))
        #expect(results.missing == 1)
        #expect(results.misfits.first?.contains("\(name) is ") == true, "\(results.misfits)")
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
        #expect(replaced.misfits.map { $0.hasPrefix("what was kept of plain is replaced: ") } == [true])
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

    @Test func `no path of a machine is kept, and what is no number is null`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain", [(["dataset", "path"], "/home/somebody")])
        try reports.runs.write(
            "epoch,accuracy,learning_rate,loss\n0,0.1,0.1,nan\n", "plain", .curves)
        let kept = reports.results(try reports.plan(rows: #"{ "config": "plain" }"#)).kept
        #expect(!kept.text.contains("somebody"))
        #expect(kept.text.contains(#""loss@last":null"#))
        let read = try KeptFigures(from: JSON(parsing: Array(kept.text.utf8)))
        #expect(read.groups[0].repeats[0].values[Figure(quantity: .loss, place: .last)]?.isNaN == true)

        let config: JSON = ["model": ["initial_weights": ["from": "/home/m.safetensors", "layers": ["a"]]], "seed": 1]
        #expect(KeptGroup.trained(by: config) == ["model": ["initial_weights": ["layers": ["a"]]]])
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
            (
                group(#"{ "epochs": 1, "figures": {}, "parameters": 9223372036854775807 }"#),
                "parameters: expected a whole"
            ),
            (group(run, run), "groups[0].repeats: two of them have the same seed"),
            (#"{ "groups": [\#(one(run)), \#(one(run))] }"#, "groups[1]: a group before it is the same"),
            (group(run).replacing(#""model": []"#, with: ""), "groups[0].config: missing key \"model\""),
        ])
    func `a file that holds anything else is refused`(text: String, message: String) throws {
        let path = NSTemporaryDirectory() + "mnist-lab-kept-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let problems = try #require(throws: Problems.self) { try KeptFigures(reading: path) }
        #expect(problems.rendered().hasPrefix("\(path):"))
        #expect(problems.rendered().contains(message), "\(problems.rendered())")
    }

    static let run = #"{ "epochs": 1, "figures": {}, "seed": 1 }"#

    static func one(_ runs: String...) -> String {
        let repeats = runs.joined(separator: ", ")
        return #"{ "runs": "plain", "settings": {}, "config": { "model": [] }, "repeats": [\#(repeats)] }"#
    }

    static func group(_ runs: String...) -> String { #"{ "groups": [\#(one(runs.joined(separator: ", ")))] }"# }

    @Test(arguments: ["null", "1e308", "-1e308"])
    func `a kept accuracy that cannot be one has no place in a picture, and stops nothing`(number: String) throws {
        let reports = try ReportResultsTests.reports()
        let plan = try Self.plan(reports)
        let text = reports.results(plan).kept.text.replacing(
            /"test_accuracy":[0-9.]+/, with: "\"test_accuracy\":\(number)")
        let results = ReportResults(
            plan, runs: "/nowhere", kept: try KeptFigures(from: JSON(parsing: Array(text.utf8))))
        #expect(results.pictures.isEmpty)
        #expect(results.markdown(command: "c", pictures: "p").contains("### Claims"))
    }

    @Test func `where nothing has been kept yet there is nothing`() throws {
        #expect(try KeptFigures(reading: "/nowhere/figures.json").groups.isEmpty)
    }
}
