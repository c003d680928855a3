import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite final class BaselineTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try write("config.json", #"{ "training": { "epochs": 1 } }"#)
        try write("summary.json", #"{ "parameters": { "total": 1 } }"#)
        try write("curves.csv", "epoch,accuracy,learning_rate,loss\n0,0.875,0.001,0.5\n")
        try write("run.json", #"{ "seconds": 1 }"#)
        try write(
            "result.json",
            #"{ "stopped_early": false, "verdict": null, "test": { "loss": 0.25, "accuracy": 0.75, "accuracy_standard_error": 0 } }"#
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/runs/best", withIntermediateDirectories: true)
        try AtomicFile.write(text, to: "\(folder)/runs/best/\(name)")
    }

    /// What is expected, read as a config's key in the folder of the runs.
    private func expected(_ text: String) throws -> Expectations {
        let config = ConfigText("expect", text).text
        let document = ConfigDocument(Array(config.utf8), file: "\(folder)/c.json", directory: folder)
        return try document.resolved().config.expect
    }

    @Test(arguments: [
        (#"{ "test_accuracy": { "baseline": "runs/best", "tolerance": 0.25 } }"#, 0.5, true),
        (#"{ "test_accuracy": { "baseline": "runs/best", "tolerance": 0.25 } }"#, 0.49, false),
        (#"{ "test_accuracy": { "baseline": "runs/best", "tolerance": 0.57 } }"#, 0.18, true),
        (#"{ "test_accuracy": { "baseline": "runs/best" } }"#, 0.75, true),
        (#"{ "test_accuracy": { "baseline": "runs/best" } }"#, 0.74, false),
        (#"{ "test_loss": { "baseline": "runs/best", "tolerance": 0.25 } }"#, 0.5, true),
        (#"{ "test_loss": { "baseline": "runs/best", "tolerance": 0.25 } }"#, 0.51, false),
        (#"{ "best_accuracy": { "baseline": "runs/best" } }"#, 0.875, true),
        (#"{ "test_accuracy": { "baseline": "runs/best", "tolerance": 0.25, "min": 0.6 } }"#, 0.55, false),
        (#"{ "test_accuracy": { "baseline": "runs/best", "max": 0.8 } }"#, 0.85, false),
    ])
    func `a result is held to another run's, and may be worse by the tolerance`(
        text: String, value: Double, met: Bool
    ) throws {
        let bound = try #require(expected(text).readingBaselines().bounds.first)
        let judged = JudgedExpectation(bound, value: value)
        #expect(judged.met == met, "\(judged.text)")
        let again = try #require(JudgedExpectation(judged.json))
        #expect(again.text == judged.text && again.json == judged.json)
        #expect(!judged.json.pretty.contains(folder), "results say the same wherever the project lies")
    }

    @Test func `a figure that is no number holds nothing up`() throws {
        try write(
            "result.json",
            #"{ "stopped_early": false, "verdict": null, "test": { "loss": null, "accuracy": 0.1, "accuracy_standard_error": 0 } }"#
        )
        let error = #expect(throws: BaselineError.self) {
            try expected(#"{ "test_loss": { "baseline": "runs/best" } }"#).readingBaselines()
        }
        #expect(error?.description.contains("this run has no test_loss") == true)
    }

    @Test func `what is said names the run, its figure and the tolerance`() throws {
        let bounds = try expected(
            #"{ "test_accuracy": { "baseline": "runs/best", "tolerance": 0.25 }, "test_loss": { "baseline": "runs/best" } }"#
        ).readingBaselines().bounds
        #expect(
            JudgedExpectation(bounds[0], value: 0.4).text
                == "expected       test_accuracy at most 0.25 below the 0.75 of runs/best: NOT MET (0.4000)")
        #expect(
            JudgedExpectation(bounds[1], value: 0.2).text
                == "expected       test_loss at most the 0.25 of runs/best: met (0.2000)")
    }

    @Test func `repeats are held to another run as they are to a bound`() throws {
        let bound = try #require(
            expected(#"{ "test_accuracy": { "baseline": "runs/best", "confidence": 0.95 } }"#).readingBaselines().bounds
                .first)
        #expect(JudgedExpectation(bound, repeats: Sample([0.8, 0.81, 0.82])).met == true)
        #expect(JudgedExpectation(bound, repeats: Sample([0.6, 0.61, 0.62])).met == false)
        #expect(JudgedExpectation(bound, repeats: Sample([0.7, 0.8])).met == nil)
    }

    @Test func `a baseline that is no finished run is refused by name before anything is trained`() throws {
        func message(_ text: String) throws -> String {
            do { _ = try expected(text).readingBaselines() } catch let error as BaselineError { return "\(error)" }
            return ""
        }
        #expect(try message(#"{ "test_loss": { "baseline": "runs/none" } }"#).contains("there is no such directory"))
        try write("curves.csv", "epoch,accuracy,learning_rate,loss\n")
        #expect(try message(#"{ "loss": { "baseline": "runs/best" } }"#).contains("this run has no loss"))
        try FileManager.default.removeItem(atPath: "\(folder)/runs/best/result.json")
        let unfinished = try message(#"{ "test_loss": { "baseline": "runs/best" } }"#)
        #expect(unfinished.contains("expect.test_loss.baseline: \(folder)/runs/best: this run is not finished"))
    }
}
