import Foundation
import Schema
import Testing

@testable import Experiments

@Suite struct RunReaderTests {
    static let advice = "give a directory that mnist-lab train has written"
    static let leave = "; leave the run out, or train it again"
    static let again = "; train again for a whole one: mnist-lab train a/config.json"

    @Test func `a finished run is read from its files`() throws {
        let samples = try SampleRuns()
        let reader = RunReader([try samples.add("a")])
        let run = try #require(reader.runs.first)
        #expect(samples.messages(reader) == [])
        #expect(run.state == .finished)
        #expect(run.parameters == 34826)
        #expect(run.plannedEpochs == 3)
        #expect(run.curves.training.accuracy == [0.8, 0.9, 0.95])
        #expect(run.curves.validation?.loss == [0.3, 0.1, 0.2])
        #expect(run.test == TestFigures(loss: 0.1, accuracy: 0.97, accuracyError: 0.0017))
        #expect(run.seconds == 12.3)
        #expect(run.verdict == "passed")
    }

    @Test func `an unfinished run shows how far it has come, and nothing is wrong with it`() throws {
        let samples = try SampleRuns()
        let directory = try samples.add("a")
        try samples.remove("a", .result)
        try samples.remove("a", .provenance)
        var reader = RunReader([directory + "/"])
        #expect(reader.runs.map(\.state) == [.unfinished])
        #expect(reader.runs.map(\.curves.epochs) == [3])
        #expect(reader.runs.map(\.seconds) == [12.3])
        #expect(reader.runs.map(\.test) == [nil])
        try samples.remove("a", .curves)
        try samples.write("epoch,seconds,images_per_second\n", "a", .timings)
        reader = RunReader([directory])
        #expect(reader.runs.map(\.curves.epochs) == [0])
        #expect(reader.runs.map(\.seconds) == [nil])
        #expect(samples.messages(reader) == [])
    }

    @Test(
        arguments: [
            (.config, nil, ["a: this is no run directory, for it has no config.json; \(advice)"]),
            (
                .config, "{",
                [":1:2: the text ends within an object that begins in line 1, column 1; close it with \"}\""]
            ),
            (.summary, nil, [": this file of the run is missing"]),
            (.summary, "{}", [":1:1: missing key \"parameters\""]),
            (
                .summary, "{\"parameters\": {\"total\": \"x\"}}",
                [":1:26: parameters.total: expected a whole number from 0 to 9007199254740992, found the string \"x\""]
            ),
            (.curves, nil, [": this file of the run is missing"]),
            (.curves, "", [": the table is empty; its first line names the columns"]),
            (.curves, "epoch,loss\n0,0.1\n", [": the table has no column \"accuracy\""]),
            (
                .curves, "epoch,accuracy,loss\n0,0.1,0.2\n1,x,0.1\n",
                [": row 2 of \"accuracy\": expected a number, found \"x\""]
            ),
            (.result, "{\"stopped_early\": false}", [":1:1: missing key \"verdict\"", ":1:1: missing key \"test\""]),
            (.provenance, "null", [":1:1: missing key \"seconds\""]),
        ] as [(RunFile, String?, [String])])
    func `a file that is missing or broken is named with a remedy, and costs nothing else`(
        file: RunFile, text: String?, messages: [String]
    ) throws {
        let samples = try SampleRuns()
        let directories = [try samples.add("a"), try samples.add("b")]
        if let text { try samples.write(text, "a", file) } else { try samples.remove("a", file) }
        let reader = RunReader(directories)
        let lines = samples.messages(reader).flatMap { $0.split(separator: "\n") }.map(String.init)
        #expect(lines.allSatisfy { $0.contains("; ") })
        #expect(
            lines.map { line in
                line.replacing("a/\(file.rawValue)", with: "", maxReplacements: 1)
                    .replacing(Self.again, with: "").replacing(Self.leave, with: "")
            } == messages)
        #expect(reader.runs.map(\.directory) == (file == .config ? [directories[1]] : directories))
        #expect(reader.runs.last?.test?.accuracy == 0.97)
    }

    @Test func `a test loss that is no number is one for statistics, too`() throws {
        let samples = try SampleRuns()
        let directory = try samples.add("a")
        try samples.write(
            """
            { "epochs_run": 3, "stopped_early": false, "verdict": null,
              "test": { "loss": null, "accuracy": 0.1, "accuracy_standard_error": 0.01, "images": 10 } }
            """, "a", .result)
        let reader = RunReader([directory])
        #expect(reader.runs.first?.metrics[.testLoss]?.isNaN == true)
    }

    @Test func `what is no run directory is told apart`() throws {
        let samples = try SampleRuns()
        try samples.add("a")
        try samples.add("b")
        let reader = RunReader(["x", "a/run.json", ""].map { "\(samples.path)/\($0)" })
        #expect(reader.runs.isEmpty)
        #expect(
            samples.messages(reader) == [
                "x: there is no such directory; check its name",
                "a/run.json: this is a file, not a run directory; give the directory it lies in",
                ": this is no run directory but holds 2; give those",
            ])
    }

    @Test func `a sweep stands for its trials, in its order, as far as they are there`() throws {
        let samples = try SampleRuns()
        let values = [JSON.Member("training.batch_size", 64)]
        let sweep = try samples.addSweep("s", [(values, 0, 0.97), ([], 1, 0.98), (values, 2, 0.99), ([], 3, 1)])
        try FileManager.default.moveItem(atPath: "\(sweep)/trials/t0", toPath: "\(samples.path)/elsewhere")
        try samples.remove("s/trials/t2", .result)
        try samples.add("s/trials/former")
        for directory in [sweep, sweep + "/"] {
            let reader = RunReader([directory])
            #expect(samples.messages(reader) == [])
            #expect(reader.runs.map { $0.directory.suffix(2) } == ["t1", "t2", "t3"])
            #expect(reader.sweeps.map(\.directory) == [directory])
            #expect(reader.sweeps.first?.trials.map(\.name) == ["t1", "t3"])
            #expect(reader.sweeps.first?.trials.map(\.seed) == [1, 3])
        }
        try FileManager.default.moveItem(atPath: "\(samples.path)/elsewhere", toPath: "\(sweep)/trials/t0")
        let trial = try #require(RunReader([sweep]).sweeps.first?.trials.first)
        #expect(
            trial
                == TrialResult(
                    name: "t0", values: values, seed: 0,
                    metrics: [
                        .testLoss: 0.1, .testAccuracy: 0.97, .loss: 0.3, .accuracy: 0.95, .validationLoss: 0.2,
                        .validationAccuracy: 0.94, .bestLoss: 0.3, .bestAccuracy: 0.95, .bestValidationLoss: 0.1,
                        .bestValidationAccuracy: 0.96,
                    ]))
    }

    @Test(
        arguments: [
            ("{}", "missing key \"trials\""),
            ("[1]", "missing key \"trials\""), ("{\"trials\": [{}]}", "trials[0]: missing key \"name\""),
            ("{\"trials\": [{\"name\": 1}]}", "trials[0].name: expected a string, found 1"),
            (
                "{\"trials\": [{\"name\": \"t0\", \"seed\": \"x\"}]}",
                "trials[0].seed: expected a whole number, found the string \"x\""
            ),
        ])
    func `a sweep whose own file is broken has runs but no groups`(text: String, message: String) throws {
        let samples = try SampleRuns()
        let sweep = try samples.addSweep("s", [([], 0, 0.97), ([], 1, 0.98)])
        try text.write(toFile: "\(sweep)/sweep.json", atomically: false, encoding: .utf8)
        let reader = RunReader([sweep])
        #expect(reader.runs.count == 2)
        #expect(reader.sweeps.isEmpty)
        let messages = samples.messages(reader)
        #expect(messages.count == 1)
        #expect(messages[0].hasPrefix("s/sweep.json:"))
        #expect(messages[0].contains("\(message); run the sweep again"), "\(messages)")
    }
}
