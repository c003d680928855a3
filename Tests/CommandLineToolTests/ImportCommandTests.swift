import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool
@testable import Exchange

/// `import` as it is typed, on a model that `export` wrote.
@Suite final class ImportCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try AtomicFile.write(
            """
            {
              "name": "run",
              "dataset": { "name": "synthetic-digits", "train_limit": 40, "test_limit": 10 },
              "model": { "layers": [
                { "type": "Conv2D", "name": "first", "filters": 2, "kernel_size": 5, "strides": 3, "activation": "relu" },
                { "type": "Flatten" },
                { "type": "Dense", "units": 10, "activation": "softmax" },
              ] },
              "training": { "epochs": 0, "optimizer": { "type": "Adam", "learning_rate": 0.005 } },
            }
            """, to: "\(folder)/run.json")
        #expect(run("train FOLDER/run.json --out FOLDER/run --quiet").code == .success)
        #expect(run("export FOLDER/run --to FOLDER/digits.keras").code == .success)
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

    @Test func `a model is a config and its weights, with which a training begins`() throws {
        let (code, results, messages) = run("import FOLDER/digits.keras --out FOLDER/in/ --dataset synthetic-digits")
        #expect(code == .success, "\(messages)")
        #expect(results == "FOLDER/in/digits.json: 3 layers\nFOLDER/in/digits.safetensors: 1,342 weights\n")
        let config = try String(contentsOfFile: "\(folder)/in/digits.json", encoding: .utf8)
        #expect(config.hasPrefix("// Imported from \(folder)/digits.keras, the Keras model \"run\"."))
        #expect(config.contains(#"{ "type": "Dense", "units": 10, "activation": "softmax" },"#))
        #expect(config.contains(#""optimizer": { "type": "Adam", "learning_rate": 0.005 },"#))

        #expect(run("validate FOLDER/in/digits.json").code == .success)
        let few = "--set dataset.train_limit=40 --set dataset.test_limit=10 --quiet"
        #expect(run("train FOLDER/in/digits.json --epochs 0 --out FOLDER/again \(few)").code == .success)
        let own = try readFile("\(folder)/run/model.safetensors")
        #expect(try readFile("\(folder)/again/model.safetensors") == own)
        #expect(run("train FOLDER/in/digits.json --epochs 1 --out FOLDER/on \(few)").code == .success)
    }

    @Test func `nothing is overwritten unless that is wanted`() throws {
        let line = "import FOLDER/digits.keras --out FOLDER/a.jsonc"
        #expect(run(line).code == .success)
        let (code, _, messages) = run(line)
        #expect(code == .usage)
        #expect(messages.contains("FOLDER/a.jsonc is there already; --force overwrites it, --out names another place"))
        #expect(run("\(line) --force").code == .success)
        try FileManager.default.removeItem(atPath: "\(folder)/a.jsonc")
        #expect(run(line).messages.contains("FOLDER/a.safetensors is there already"))
    }

    @Test(arguments: [
        ("import FOLDER/digits.keras --out FOLDER/digits.txt", "is no config's name; end it with .json, or with / for"),
        ("import FOLDER/run/model.safetensors", "is no file that Keras saved; name a .keras file, or an older .h5"),
        ("import FOLDER/none.keras", "No such file or directory"),
        ("import FOLDER/weights.h5", "has weights and no model; name it in model.initial_weights of a config"),
        ("import FOLDER/digits.keras --dataset cifar", #"unknown word "cifar""#),
        ("import", "FILE"),
    ])
    func `what cannot be imported is told, and nothing is written`(line: String, message: String) throws {
        #expect(run("export FOLDER/run --to FOLDER/weights.weights.h5").code == .success)
        try FileManager.default.moveItem(atPath: "\(folder)/weights.weights.h5", toPath: "\(folder)/weights.h5")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder).count
        let (code, results, messages) = run(line)
        #expect(code != .success)
        #expect(results.isEmpty)
        #expect(messages.contains(message), "\(messages)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == before)
    }
}
