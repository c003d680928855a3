import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// `ls` and `show`, on a run and a sweep that are there once for all tests.
@Suite final class ListCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/runs/old", withIntermediateDirectories: true)
        let config = """
            { "name": "tiny", "description": "for tests",
              "dataset": { "name": "synthetic-digits", "train_limit": 50, "test_limit": 20, "validation": { "fraction": 0.2 } },
              "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
              "training": { "epochs": 2 }, "expect": { "test_accuracy": { "min": 0 } },
              "sweep": { "grid": { "training.batch_size": [8, 16] } } }
            """
        try AtomicFile.write(config, to: "\(folder)/a.json")
        let trained = run(
            "train", "\(folder)/a.json", "--set", "sweep=null", "--out", "\(folder)/runs/old/tiny", "--quiet")
        #expect(trained.code == .success, "\(trained.messages)")
        #expect(run("sweep", "\(folder)/a.json", "--out", "\(folder)/runs/sweep", "--quiet").code == .success)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func run(_ words: String...) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(width: 200, results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(words, console: console), results, messages)
    }

    @Test func `runs and sweeps are listed by their paths, trials only where they are asked for`() throws {
        let listed = run("ls", "\(folder)/runs")
        let lines = listed.results.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ").map(String.init) }
        #expect(listed.code == .success && listed.messages.isEmpty)
        #expect(lines.map { $0[0] } == ["\(folder)/runs/old/tiny", "\(folder)/runs/sweep"])
        #expect(lines[0][1...5].joined(separator: " ") == "run finished 2/2 epochs val_accuracy")
        #expect(lines[1][1...5].joined(separator: " ") == "sweep finished 2/2 trials val_accuracy")
        let trials = try JSON(parsing: run("ls", "--json", "\(folder)/runs/sweep/trials").results)
        #expect(trials.elements?.compactMap { $0["kind"]?.text } == ["run", "run"])
    }

    @Test func `a folder without runs is no error, a folder that is not there is one`() {
        #expect(run("ls", "\(folder)/runs/old/tiny/nothing").code == .failure)
        try? FileManager.default.createDirectory(atPath: "\(folder)/empty", withIntermediateDirectories: true)
        let empty = run("ls", "\(folder)/empty")
        #expect(empty.code == .success && empty.results.isEmpty && empty.messages.contains("there are no runs yet"))
        #expect(run("ls", "--json", "\(folder)/empty").results == "[]\n")
    }

    @Test func `a damaged run is listed with what is wrong with it`() throws {
        try AtomicFile.write("{", to: "\(folder)/runs/old/tiny/result.json")
        let listed = run("ls", "\(folder)/runs")
        #expect(listed.code == .failure)
        #expect(listed.results.contains(" damaged "))
        #expect(listed.messages.contains("result.json:1:2"), "\(listed.messages)")
    }

    @Test func `a run is shown in a screenful`() throws {
        let shown = run("show", "\(folder)/runs/old/tiny")
        #expect(shown.code == .success)
        #expect(shown.results.hasPrefix("tiny: for tests\n"))
        #expect(shown.results.split(separator: "\n").count <= 24)
        for part in [
            "finished, 2 of 2 epochs", "2 layers, 7,850 parameters", "best  ", "last  ",
            "test_accuracy at least 0.0: met",
        ] {
            #expect(shown.results.contains(part), "\(part): \(shown.results)")
        }
        let json = try JSON(parsing: run("show", "--json", "\(folder)/runs/old/tiny").results)
        let result = try JSON(parsing: readFile("\(folder)/runs/old/tiny/result.json"))
        #expect(json["best_epoch"]?["epoch"] == result["best"]?["epoch"])
        #expect(json["last_epoch"]?["val_loss"] == result["final"]?["val_loss"])
        #expect(json["files"]?.elements?.count ?? 0 > 10)
    }

    @Test func `a sweep is shown with its best trial`() {
        let shown = run("show", "\(folder)/runs/sweep")
        #expect(shown.code == .success)
        #expect(shown.results.contains("trials         2: 2 finished\n"))
        #expect(shown.results.contains("best           batch_size="), "\(shown.results)")
        #expect(run("show", "\(folder)").code == .failure)
    }
}
