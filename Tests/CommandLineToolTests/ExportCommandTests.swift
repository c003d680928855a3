import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// `export` as it is typed, on the initial models of a run and of a sweep.
@Suite final class ExportCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, rest) in [
            ("run", #""training": { "epochs": 0 }"#),
            (
                "swept",
                #""training": { "epochs": 1, "optimizer": { "type": "Adam" } }, "sweep": { "grid": { "training.optimizer.learning_rate": [1e-9, 0.01] } }"#
            ),
        ] {
            try AtomicFile.write(
                """
                {
                  "name": "\(name)",
                  "dataset": {
                    "name": "synthetic-digits", "train_limit": 400, "test_limit": 10, "validation": { "fraction": 0.2 }
                  },
                  "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
                  \(rest)
                }
                """, to: "\(folder)/\(name).json")
            let command = name == "run" ? "train" : "sweep"
            #expect(run("\(command) FOLDER/\(name).json --out FOLDER/\(name) --quiet").code == .success)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func run(_ line: String) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(width: 200, results: { results += $0 }, messages: { messages += $0 })
        let code = Tool.mnistLab.run(
            line.split(separator: " ").map { String($0).replacing("FOLDER", with: folder) }, console: console)
        return (code, results.replacing(folder, with: "FOLDER"), messages.replacing(folder, with: "FOLDER"))
    }

    @Test func `the ending says as what, and safetensors are the run's own file`() throws {
        let (code, results, _) = run("export FOLDER/run --to FOLDER/weights.safetensors")
        #expect(code == .success)
        #expect(results.hasPrefix("FOLDER/weights.safetensors: 31.6 kB, "))
        let own = try readFile("\(folder)/run/model.safetensors")
        #expect(try readFile("\(folder)/weights.safetensors") == own)
    }

    @Test func `of a sweep the best trial by a validation metric is exported`() throws {
        for metric in ["val_accuracy", "val_loss"] {
            let (code, _, messages) = run(
                "export FOLDER/swept --to FOLDER/weights.safetensors --metric \(metric)")
            #expect(code == .success)
            #expect(messages.hasPrefix("best of 2 trials by \(metric): learning_rate=0.01 ("), "\(messages)")
            let trial = try readFile("\(folder)/swept/trials/learning_rate=0.01/model.safetensors")
            #expect(try readFile("\(folder)/weights.safetensors") == trial)
        }
    }

    @Test func `events for TensorBoard are written of a run, and of all trials of a sweep`() throws {
        let (code, results, messages) = run("export FOLDER/swept --tensorboard --to FOLDER/events")
        #expect(code == .success && messages.isEmpty)
        #expect(
            results == "FOLDER/events: 2 runs for TensorBoard; look at them with: tensorboard --logdir FOLDER/events\n")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/events/learning_rate=0.01").sorted()
        #expect(names.count == 3 && names[0].hasPrefix("events.out.tfevents.") && names[2] == "validation")
        let json = try JSON(parsing: run("export FOLDER/run --tensorboard --to FOLDER/new/one --json").results)
        #expect(json["runs"] == 1 && json["folder"]?.text == "FOLDER/new/one")
        #expect(FileManager.default.fileExists(atPath: "\(folder)/new/one/projector_config.pbtxt"))
    }

    @Test(arguments: [
        ("export FOLDER/run", "missing option --to FILE"),
        ("export FOLDER/run --to model.pt", #"--to: "model.pt" ends like no format that models are exported in"#),
        ("export FOLDER/run --to events/", #"--to: "events/" is a folder, and a model is exported into a file; name"#),
        ("export FOLDER/run --to FOLDER", "or write events for TensorBoard with --tensorboard"),
        ("export FOLDER/run --to a.npz --metric val_loss", "is no sweep, so there is nothing to choose"),
        ("export FOLDER/swept --to a.npz --metric test_accuracy", #""test_accuracy" cannot choose a trial"#),
        ("export FOLDER/run --tensorboard", "missing option --to FILE; such as --to events"),
        ("export FOLDER/run --tensorboard --to FOLDER/run", "FOLDER/run: this exists and is no empty folder"),
        ("export FOLDER/run --tensorboard --to FOLDER/run.json", "FOLDER/run.json: this exists and is no empty folder"),
        ("export FOLDER/run --tensorboard --to FOLDER/run.json/a", "cannot make the folder FOLDER/run.json/a"),
        ("export FOLDER/swept --tensorboard --to a --metric val_loss", "shows all trials of a sweep"),
        ("export FOLDER/none --to a.npz", "there is no such run directory"),
        ("export FOLDER --to a.npz", "this is not a run directory"),
        ("export FOLDER/run --to FOLDER/none/a.npz", "FOLDER/none/a.npz: No such file or directory"),
    ])
    func `what cannot be exported is told, with what to do`(line: String, message: String) {
        let (code, results, messages) = run(line)
        #expect(code != .success)
        #expect(results.isEmpty)
        #expect(messages.contains(message), "\(messages)")
    }
}
