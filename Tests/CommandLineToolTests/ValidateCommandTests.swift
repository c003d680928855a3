import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

@Suite final class ValidateCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let config = """
            { "name": "a", "dataset": { "name": "mnist" },
              "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "relu" }] } }
            """
        try AtomicFile.write(config, to: "\(folder)/a.json")
        try AtomicFile.write(config.replacing("units", with: "unit"), to: "\(folder)/b.json")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func run(_ words: String...) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(words, console: console), results, messages)
    }

    @Test func `editors get every problem with its place`() throws {
        let ended = run("validate", "\(folder)/a.json", "\(folder)/b.json", "\(folder)/c.json", "--json")
        #expect(ended.code == .usage && ended.messages.isEmpty)
        let (fine, wrong, missing) = try { ($0[0], $0[1], $0[2]) }(JSON(parsing: ended.results))
        #expect(fine?["valid"] == true && fine?["problems"] == [])
        #expect(fine?["warnings"]?[0]?["path"] == "model.layers[1].activation")
        #expect(wrong?["valid"] == false)
        #expect(
            wrong?["problems"]?[0] == [
                "source": nil, "line": 2, "column": 67, "path": "model.layers[1].unit", "message": "unknown key",
                "remedy": "did you mean \"units\"?",
            ])
        #expect(missing?["problems"]?[0]?["line"] == JSON(.null))
        #expect(missing?["problems"]?[0]?["message"]?.text?.contains("No such file") == true)
    }

    @Test func `what an option says is named as its source`() throws {
        let document = try JSON(parsing: run("validate", "\(folder)/a.json", "--json", "--set", "seed=x").results)
        #expect(document[0]?["problems"]?[0]?["source"] == "--set seed=x")
    }

    @Test func `that data are missing is told with the config's name`() {
        let ended = run("validate", "\(folder)/a.json", "--set", #"dataset={"path":"none"}"#)
        #expect(ended.code == .failure)
        #expect(ended.messages.hasPrefix("error: \(folder)/a.json: \(folder)/none"), "\(ended.messages)")
    }

    @Test func `without it there is a line for each config, and the warnings`() {
        let ended = run("validate", "\(folder)/a.json")
        #expect(ended.code == .success && ended.results == "\(folder)/a.json: fine\n")
        #expect(ended.messages.contains("warning: ") && ended.messages.contains("\"relu\" is the last activation"))
    }
}
