import Foundation
import Testing

@testable import CommandLineTool

@Suite struct PlotCommandTests {
    private static func plot(_ words: [String]) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(["plot"] + words, console: console), results, messages)
    }

    /// A run directory with a few files, gone when the test has ended.
    private final class Run {
        let path = NSTemporaryDirectory() + "mnist-lab-plot-\(UUID().uuidString)"

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let files = [
                "config.json": "{\"name\": \"tiny\", \"training\": {\"epochs\": 3}}",
                "summary.json": "{\"parameters\": {\"total\": 1234}}",
                "result.json":
                    "{\"stopped_early\": false, \"verdict\": null, \"test\": {\"loss\": 0.1, \"accuracy\": 0.9, "
                    + "\"accuracy_standard_error\": 0.01}}", "run.json": "{\"seconds\": 1}",
                "curves.csv": "epoch,accuracy,learning_rate,loss\n0,0.5,1,2\n1,0.6,1,1\n2,0.7,1,0.5\n",
                "confusion.csv": "true,0,1\n0,9,1\n1,0,10\n", "curves.svg": "<svg/>",
            ]
            for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func text(_ name: String) throws -> String {
            try String(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"), encoding: .utf8)
        }
    }

    @Test func `figures of a file are drawn, and what is wrong with them is told with line and column`() throws {
        let run = try Run()
        let file = "\(run.path)/figures.json"
        let document = """
            {"title": "Seconds", "logarithmic": true, "categories": ["a", "b"], "other": 1,
             "series": [{"name": "ours", "values": [1, 10]}, {"name": "theirs", "values": [20, 300]}]}
            """
        try Data(document.utf8).write(to: URL(fileURLWithPath: file))
        #expect(Self.plot([file, "--out", "\(run.path)/figures.svg"]).code == .success)
        let picture = try run.text("figures.svg")
        #expect(picture.contains("theirs") && picture.contains("Seconds"))
        #expect(Self.plot([file]).results.contains("ours"))

        let short = document.replacingOccurrences(of: "[20, 300]", with: "[20]")
        try Data(short.utf8).write(to: URL(fileURLWithPath: file))
        let refused = Self.plot([file])
        #expect(refused.code == .failure)
        #expect(
            refused.messages.contains("figures.json:2:12: \"theirs\" has 1 values for 2 categories"),
            "\(refused.messages)")
    }

    @Test(
        arguments: [
            (
                ["/x", "--out", "a.pdf"],
                "--out: pictures are written as .svg or .png, not as \"a.pdf\"; or into a folder, with a slash at its end"
            ),
            (["/x", "--theme", "dark"], "--theme: only PNG files have one; add --out FILE.png"),
            (
                ["/x", "--theme", "dark", "--out", "a.svg"],
                "--theme: an SVG file follows the theme of whoever looks at it; write a .png, or leave it out"
            ),
            (["/x", "--confusion", "--metric", "loss"], "--confusion and --metric exclude each other"),
            (["/x", "--smoothing", "1"], "--smoothing: expected a number of at least 0 and below 1, found 1"),
            ([], "missing argument RUN"),
        ] as [([String], String)])
    func `what makes no sense is a mistake in usage`(words: [String], message: String) {
        let ended = Self.plot(words)
        #expect(ended.code == .usage)
        #expect(ended.results == "")
        #expect(ended.messages.hasPrefix("error: \(message)\n"))
    }

    @Test func `without a file the curves are drawn in characters, and it is said where the SVG is`() throws {
        let run = try Run()
        let ended = Self.plot([run.path, "--ascii"])
        #expect(ended.code == .success)
        #expect(
            ended.results.hasPrefix("tiny\n3 epochs, 1,234 parameters, test accuracy 0.9000 +- 0.0100\n** training\n"))
        #expect(ended.results.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(ended.messages == "curves: \(run.path)/curves.svg\n")
        #expect(Self.plot([run.path, "--confusion"]).results.contains("true class"))
    }

    @Test func `pictures go into files and folders`() throws {
        let run = try Run()
        #expect(Self.plot([run.path, "--out", "\(run.path)/all/"]).code == .success)
        #expect(try run.text("all/curves.svg").hasPrefix("<svg "))
        #expect(try run.text("all/confusion.svg").contains("95.00 %"))
        #expect(Self.plot([run.path, "--out", "\(run.path)/a.svg"]).code == .success)
        #expect(try run.text("a.svg") == run.text("all/curves.svg"))
        for theme in ["light", "dark"] {
            let path = "\(run.path)/\(theme).png"
            #expect(Self.plot([run.path, "--confusion", "--out", path, "--theme", theme]).code == .success)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: "\(run.path)/light.png"))
                != Data(contentsOf: URL(fileURLWithPath: "\(run.path)/dark.png")))
    }

    @Test func `a directory that is none fails with a sentence`() {
        let ended = Self.plot(["/nowhere/run"])
        #expect(ended.code == .failure)
        #expect(ended.messages == "/nowhere/run: there is no such directory; check its name\n")
    }
}
