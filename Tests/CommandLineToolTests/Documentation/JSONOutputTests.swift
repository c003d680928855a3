import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// Every command that knows `--json` is run, and what it prints is compared with the page that describes it.
@Suite struct JSONOutputTests {
    /// The shape below each heading of the page; a heading may name several commands.
    private static func shapes() throws -> [String: DocumentShape] {
        let text = try Documentation.text(of: Documentation.page("JSONOutputs"))
        var shapes: [String: DocumentShape] = [:]
        for section in text.components(separatedBy: "\n## ").dropFirst() {
            let title = section.prefix { $0 != "\n" }.filter { $0 != "`" }
            let block = try #require(section.components(separatedBy: "```json\n").dropFirst().first, "\(title)")
            let shape = DocumentShape(json: try JSON(parsing: String(block.prefix { $0 != "`" })))
            for name in title.components(separatedBy: ", ") { shapes[name] = shape }
        }
        return shapes
    }

    /// In this order, for each heading: command lines in a folder with `tiny.json`, a sweep of it.
    private static let lines: [(title: String, lines: [String])] = [
        ("--version", ["--version", "train --version"]),
        (
            "train",
            ["train @/tiny.json --out @/a", "train @/tiny.json --out @/b --epochs 0 --set dataset.validation=null"]
        ),
        ("evaluate", ["evaluate @/a", "evaluate @/b", #"evaluate @/a --set expect={"test_loss":{"baseline":"@/b"}}"#]),
        ("sweep", ["sweep @/sweep.json --out @/s", "sweep --collect @/s"]),
        ("sweep --dry-run", ["sweep @/sweep.json --dry-run"]),
        ("sweep --status", ["sweep --status @/s"]),
        (
            "summary",
            [
                "summary @/tiny.json", "summary @/tiny.json --kernels",
                // Features that are kept, and phases.
                "summary @/tiny.json --epochs 2 --set model.layers[0].kernel_size=9 "
                    + "--set model.layers[0].trainable=false",
                #"summary @/tiny.json --set training={"phases":[{"epochs":1,"learn":["dense"]},{"epochs":1}]}"#,
            ]
        ),
        ("validate", ["validate @/tiny.json @/bad.json @/none.json", "validate @/tiny.json --set seed=-1"]),
        ("predict", ["predict @/a @/a.pgm"]),
        ("inspect", ["inspect @/a", "inspect @/a filters"]),
        ("ls", ["ls @"]),
        ("show", ["show @/a", "show @/b"]),
        ("show of a sweep", ["show @/s"]),
        ("compare", ["compare @/a @/b @/s"]),
        ("report", ["report \(ReportCommandTests.file) --runs @"]),
        ("export", ["export @/a --to @/a.keras"]),
        ("import", ["import @/a.keras --out @/imported.json"]),
        ("data", ["data", "data list"]),
        ("data fetch", ["data fetch synthetic-digits"]),
        ("data verify", ["data verify synthetic-digits"]),
        ("data info", ["data info synthetic-digits"]),
        ("data sheet", ["data sheet synthetic-digits --out @/sheet.svg"]),
        ("data classes", ["data classes synthetic-digits --out @/classes.svg"]),
        (
            "data embed",
            [
                "data embed synthetic-digits --images 50 --iterations 5 --perplexity 5 --out @/e.svg",
                "data embed synthetic-digits --images 50 --method pca --run @/a --out @/f.svg",
            ]
        ),
        ("bench", ["bench smaller --seconds 0 --threads 1"]),
    ]

    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 50, "test_limit": 20,
            "validation": { "fraction": 0.2 } },
          "model": { "layers": [ { "type": "Conv2D", "filters": 2, "kernel_size": 5 }, { "type": "Flatten" },
            { "type": "Dense", "units": 10, "activation": "softmax" } ] },
          "training": { "epochs": 1 }, "expect": { "test_accuracy": { "min": 0 } }
        """

    @Test func `every command prints what the page says`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let sweep = Self.config + #", "sweep": { "grid": { "training.batch_size": [8, 16] }, "repeats": 2 } }"#
        let files = [
            "tiny.json": Self.config + "}", "sweep.json": sweep, "bad.json": "{ ", "a.pgm": "P2 2 2 9 9 9 9 0",
        ]
        for (name, text) in files { try AtomicFile.write(text, to: "\(folder)/\(name)") }

        let shapes = try Self.shapes()
        #expect(Set(shapes.keys) == Set(Self.lines.map(\.title)))
        for (title, lines) in Self.lines {
            let shape = try #require(shapes[title])
            for line in lines {
                let words = line.replacing("@", with: folder).split(separator: " ").map(String.init)
                let (results, messages) = Self.run(words + ["--json"])
                guard let document = try? JSON(parsing: results) else {
                    Issue.record("\(line): is no JSON\n\(results)\n\(messages)")
                    continue
                }
                let misfits = shape.misfits(document)
                #expect(misfits.isEmpty, "\(line): \(misfits.prefix(5))")
            }
        }
    }

    @Test func `every command that knows the option is on the page`() throws {
        let known = Tool.mnistLab.commands.filter { $0.options.contains { $0.name == "json" } }.map(\.name)
        #expect(
            Set(known)
                == Set(try Self.shapes().keys.map { String($0.prefix { $0 != " " }) })
                .subtracting(["--version"]))
    }

    @Test(arguments: [
        (#"{ "a": 1.5 }"#, ["$.a: is no integer", "$.b: is missing"]), (#"{ "a": 1, "b": null, "d": true }"#, []),
        (#"{ "a": 1, "b": [1], "c": 2 }"#, ["$.b[0]: is no string", "$.c: is no string"]), ("[]", ["$: is no object"]),
    ])
    func `a shape tells what is not as it says`(document: String, misfits: [String]) throws {
        let shape = try DocumentShape(
            json: JSON(parsing: #"{ "a": "integer", "b|null": ["string"], "c?": "string", "d?": "boolean" }"#))
        #expect(try shape.misfits(JSON(parsing: document)) == misfits)
    }

    private static func run(_ words: [String]) -> (results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        _ = Tool.mnistLab.run(words, console: console)
        return (results, messages)
    }
}
