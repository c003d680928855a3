import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// `predict` as it is typed, on the initial model of a run.
@Suite final class PredictTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try AtomicFile.write(
            """
            {
              "name": "a", "dataset": { "name": "synthetic-digits", "train_limit": 10, "test_limit": 10 },
              "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
              "training": { "epochs": 0 }
            }
            """, to: "\(folder)/a.json")
        try AtomicFile.write("P2 2 2 9 9 9 9 0", to: "\(folder)/a.pgm")
        let images = [0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 28, 0, 0, 0, 28] + [UInt8](repeating: 3, count: 30 * 784)
        try AtomicFile.write(images, to: "\(folder)/images")
        #expect(run("train", "\(folder)/a.json", "--out", "\(folder)/run", "--quiet").code == .success)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func run(_ words: String...) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(width: 200, results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(words, console: console), results, messages)
    }

    @Test func `a row an image goes to the results, what was done to it to the messages`() {
        let (code, results, messages) = run("predict", "\(folder)/run", "\(folder)/a.pgm", "\(folder)/images")
        #expect(code == .success)
        let lines = results.split(separator: "\n")
        #expect(lines.count == 2 + 1 + 20)
        #expect(lines[2].contains("/a.pgm "))
        #expect(lines[22].contains("/images[19] "))
        #expect(
            messages == """
                \(folder)/a.pgm: inverted: dark on light, resized from 2×2 to 28×28
                \(folder)/images: the first 20 of 30 images, 10 left out; --limit 30 shows all

                """)
    }

    @Test func `options choose how many, in which form, and how much is said`() {
        let many = run("predict", "--limit=25", "\(folder)/run", "\(folder)/images", "--quiet", "--all")
        #expect(many.results.split(separator: "\n").count == 2 + 25)
        #expect(many.results.contains(" 9\n"))
        #expect(many.messages.isEmpty)
        let plain = run("predict", "--no-invert", "\(folder)/run", "\(folder)/a.pgm")
        #expect(plain.messages == "\(folder)/a.pgm: resized from 2×2 to 28×28\n")
    }

    @Test func `a broken file is told, and the others are predicted`() throws {
        try AtomicFile.write("P2 2 2 9 9", to: "\(folder)/b.pgm")
        let (code, results, messages) = run(
            "predict", "--json", "\(folder)/run", "\(folder)/b.pgm", "\(folder)/c.png", "\(folder)/a.pgm")
        #expect(code == .failure)
        let document = try JSON(parsing: results)
        #expect(document.elements?.count == 1)
        #expect(document[0]?["file"]?.text == "\(folder)/a.pgm")
        #expect(document[0]?.members?.map(\.key) == ["file", "index", "class", "name", "probabilities", "steps"])
        #expect(messages.contains("error: \(folder)/b.pgm: byte 10: the file ends too early"))
        #expect(messages.contains("error: \(folder)/c.png: No such file or directory; check the path"))
    }

    @Test func `without a picture there is an empty document, and without a run an error`() {
        #expect(run("predict", "--json", "\(folder)/run", "\(folder)/c.png").results == "[]\n")
        #expect(run("predict", "\(folder)/run", "\(folder)/c.png").results.isEmpty)
        #expect(run("predict", "\(folder)/none", "\(folder)/a.pgm").code == .failure)
        #expect(run("predict", "\(folder)/run").code == .usage)
        #expect(run("predict", "\(folder)/run", "\(folder)/a.pgm", "--limit", "0").code == .usage)
    }

    @Test func `a folder stands for its pictures, by name`() throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/drawings", withIntermediateDirectories: true)
        for name in ["b.pgm", "a.PGM", "notes.txt", ".hidden.pgm"] {
            try AtomicFile.write("P2 2 2 9 9 9 9 0", to: "\(folder)/drawings/\(name)")
        }
        let document = try JSON(parsing: run("predict", "--json", "\(folder)/run", "\(folder)/drawings/").results)
        #expect(
            document.elements?.compactMap { $0["file"]?.text } == ["a.PGM", "b.pgm"].map { "\(folder)/drawings/\($0)" })
        let none = run("predict", "\(folder)/run", "\(folder)/run")
        #expect(none.code == .usage && none.messages.contains("there is no picture in this folder"), "\(none.messages)")
    }

    @Test(.enabled(if: BuiltTool.isThere)) func `a picture may come from standard input`() throws {
        let piped = try BuiltTool(
            ["predict", "\(folder)/run", "-", "--json"], in: folder, after: "exec < '\(folder)/a.pgm'")
        let document = try JSON(parsing: piped.output)
        #expect(document[0]?["file"]?.text == "<stdin>", "\(piped.messages)")
        let file = try JSON(parsing: run("predict", "--json", "\(folder)/run", "\(folder)/a.pgm").results)
        #expect(document[0]?["probabilities"] == file[0]?["probabilities"])
        let nothing = try BuiltTool(["predict", "\(folder)/run", "-"], in: folder)
        #expect(nothing.status == 1 && nothing.messages.contains("<stdin>: "), "\(nothing.messages)")
    }
}
