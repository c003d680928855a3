import Foundation
import Testing

@testable import CommandLineTool

@Suite struct ReportCommandTests {
    static let file = Documentation.root.appendingPathComponent("configs/reports.jsonc").path

    static func report(_ words: [String]) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(["report"] + words, console: console), results, messages)
    }

    @Test(arguments: [
        ([], "error: missing argument FILE"), (["/nowhere.jsonc"], "error: cannot read /nowhere.jsonc: "),
        (
            [file, "--runs", "/nowhere"],
            "error: --runs: there is no folder \"/nowhere\"; name the one that holds the runs"
        ),
        ([file, "--out"], "error: --out"), ([file, file], "error: "),
        ([Documentation.root.appendingPathComponent("configs/quickstart.json").path], ""),
    ])
    func `what makes no sense is a mistake in usage`(words: [String], message: String) {
        let ended = Self.report(words)
        #expect(ended.code == .usage)
        #expect(ended.results == "")
        #expect(ended.messages.hasPrefix(message), "\(ended.messages)")
        #expect(!ended.messages.isEmpty)
    }

    @Test func `a report without runs is written all the same, and says how many are missing`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let out = folder.appending(path: "a b.md").path
        let words = [Self.file, "--runs", folder.path]

        let written = Self.report(words + ["--out", out])
        #expect(written.code == .success)
        #expect(written.results == "")
        #expect(written.messages == "122 of 123 rows are not run\n")
        let page = try String(contentsOfFile: out, encoding: .utf8)
        #expect(
            page.hasPrefix("<!-- Written by: mnist-lab report \(Self.file) --runs \(folder.path) --out '\(out)' -->\n"))

        let printed = Self.report(words + ["--out", "-"])
        #expect(printed.code == .success)
        // All but the command that made it.
        let tables = { (text: String) in text.range(of: "\n- Ours are means").map { text[$0.lowerBound...] } }
        #expect(tables(printed.results) != nil)
        #expect(tables(printed.results) == tables(page))

        let pictures = folder.appending(path: "x/pictures").path
        #expect(Self.report(words + ["--out", out, "--pictures", pictures]).code == .success)
        #expect(try FileManager.default.contentsOfDirectory(atPath: pictures).isEmpty)
        #expect(Self.report(words + ["--json"]).results.hasPrefix("{\n  \"title\": "))
        #expect(Self.report(words + ["--out", "\(folder.path)/no/where.md"]).code == .failure)

        let html = folder.appending(path: "page.html").path
        #expect(Self.report(words + ["--html", html]).results == "")
        #expect(try String(contentsOfFile: html, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
        #expect(Self.report(words + ["--html", "-"]).results.hasPrefix("<!DOCTYPE html>"))
        #expect(Self.report(words + ["--html", html, "--out", "-"]).results.hasPrefix("<!-- Written by: "))
    }

    @Test func `a report without runs is written from the figures that were kept`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let runs = folder.appending(path: "runs").path
        let figures = folder.appending(path: "kept.json").path
        let trained = Tool.mnistLab.run(
            [
                "train", Documentation.root.appendingPathComponent("configs/quickstart.json").path, "--out",
                "\(runs)/c",
                "--epochs", "1", "--set", "dataset.train_limit=50", "--set", "expect={}", "--quiet", "--no-pictures",
            ], console: Console(results: { _ in }, messages: { _ in }))
        #expect(trained == .success)
        let file = folder.appending(path: "reports.jsonc").path
        try FileManager.default.copyItem(atPath: "\(runs)/c/config.json", toPath: "\(folder.path)/c.json")
        let text = """
            { "title": "T", "studies": [{ "name": "S", "tolerance": 0.1, "rows": [
            { "config": "c", "reported": { "val_accuracy": 0.5 } }] }] }
            """
        try text.write(toFile: file, atomically: false, encoding: .utf8)

        let out = folder.appending(path: "r.md").path
        let first = Self.report([file, "--runs", runs, "--figures", figures, "--out", out])
        #expect(first.code == .success && first.messages == "", "\(first.messages)")
        let page = try String(contentsOfFile: out, encoding: .utf8)
        #expect(page.contains(" and [kept.json](kept.json) keeps those of each:"))
        let kept = try String(contentsOfFile: figures, encoding: .utf8)

        try FileManager.default.removeItem(atPath: runs)
        let words = try #require(page.firstMatch(of: /Written by: mnist-lab report (.+) -->/)?.1.split(separator: " "))
        let again = Self.report(words.map(String.init))
        #expect(again.code == .success)
        #expect(again.messages == "1 of 1 runs are known from \(figures) alone\n")
        #expect(try String(contentsOfFile: out, encoding: .utf8) == page)
        #expect(try String(contentsOfFile: figures, encoding: .utf8) == kept)
        #expect(Self.report([file, "--runs", runs, "--figures", "\(figures).json"]).code == .usage)
        for other in [["--figures", "-"], ["--figures", out, "--out", out], ["--figures", "a", "--html", "./a"]] {
            let ended = Self.report([file, "--runs", folder.path] + other)
            #expect(ended.code == .usage)
            #expect(ended.messages.hasPrefix("error: --figures: the figures need a file of their own"))
        }
        #expect(!FileManager.default.fileExists(atPath: "\(figures).json"))

        try "{".write(toFile: figures, atomically: false, encoding: .utf8)
        let broken = Self.report([file, "--runs", runs, "--figures", figures])
        #expect(broken.code == .usage)
        #expect(broken.messages.hasPrefix("\(figures):1:2: "), "\(broken.messages)")
    }

    @Test(arguments: [
        ("a/RESULTS.md", "a/pictures", "pictures"), ("a/RESULTS.md", "pictures/", "../pictures"),
        ("RESULTS.md", ".", "."), ("/x/y/RESULTS.md", "/x/z", "../z"), (nil, "some/where", "some/where"),
        ("-", "some/where", "some/where"),
    ])
    func `a page names pictures from where it lies`(page: String?, folder: String, link: String) {
        #expect(Command.link(to: folder, from: page) == link)
    }
}
