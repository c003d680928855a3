import Foundation
import Testing

@testable import CommandLineTool

@Suite struct CompareCommandTests {
    static func compare(_ words: [String]) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(["compare"] + words, console: console), results, messages)
    }

    @Test(
        arguments: [
            (["/x", "--csv", "--json"], "--csv and --json exclude each other"),
            (["/x", "--csv", "--json", "--markdown"], "--csv and --markdown and --json exclude each other"),
            (
                ["/x", "--sort", "nmae"],
                "--sort: there is no column \"nmae\" in this comparison; did you mean \"name\"?"
            ),
            (["/x", "--smoothing", "1"], "--smoothing: expected a number of at least 0 and below 1, found 1"),
            ([], "missing argument RUN"),
        ] as [([String], String)])
    func `what makes no sense is a mistake in usage`(words: [String], message: String) {
        let ended = Self.compare(words)
        #expect(ended.code == .usage)
        #expect(ended.results == "")
        #expect(ended.messages.hasPrefix("error: \(message)\n"))
    }

    @Test func `groups are those of sweeps with finished trials`() throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("compare-\(UUID().uuidString)")
        let trial = folder.appendingPathComponent("trials/a")
        try FileManager.default.createDirectory(at: trial, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ended = Self.compare([trial.path, "--groups"])
        #expect(ended.code == .failure)
        let files = [
            "config.json": "{\"training\": {\"epochs\": 0}}", "summary.json": "{\"parameters\": {\"total\": 1234}}",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: trial.appendingPathComponent(name)) }
        let alone = Self.compare([trial.path, "--groups"])
        #expect(alone.code == .usage)
        #expect(alone.messages.hasPrefix("error: --groups: none of these directories is a sweep's\n"))

        let sweep = "{\"trials\": [{\"name\": \"a\", \"values\": {}, \"seed\": 0}, {\"name\": \"b\"}]}"
        try Data(sweep.utf8).write(to: folder.appendingPathComponent("sweep.json"))
        let early = Self.compare([folder.path, "--groups"])
        #expect(early.code == .failure)
        #expect(early.messages == "no trial of these sweeps is finished, so there are no groups\n")
        #expect(Self.compare([folder.path]).code == .success)

        let results = [
            "result.json": "{\"stopped_early\": false, \"verdict\": null, \"test\": {\"loss\": 0.1, \"accuracy\": 0.9, "
                + "\"accuracy_standard_error\": 0.01}}", "run.json": "{\"seconds\": 1}",
            "curves.csv": "epoch,accuracy,learning_rate,loss\n",
        ]
        for (name, text) in results { try Data(text.utf8).write(to: trial.appendingPathComponent(name)) }
        for (form, start) in [
            ([], "Means over repeats"), (["--markdown"], "Means over repeats"), (["--csv"], "group,metric,n,mean"),
            (["--json"], "{\n  \"smoothing\""),
        ] {
            let ended = Self.compare([folder.path, "--groups"] + form)
            #expect(ended.code == .success, "\(ended.messages)")
            #expect(ended.results.hasPrefix(start), "\(ended.results)")
        }
        #expect(Self.compare([folder.path, "--csv"]).results.hasPrefix("name,"))
        let page = folder.appendingPathComponent("page.html").path
        #expect(Self.compare([folder.path, "--html", page]).results.hasPrefix("run"))
        let printed = Self.compare([folder.path, "--html", "-"]).results
        #expect(try String(contentsOfFile: page, encoding: .utf8) == printed)
        #expect(Self.compare([folder.path, "--html", "\(page)/no/where"]).code == .failure)
    }

    @Test func `a run that cannot be read fails, but does not hide the others`() throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("compare-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("{\"training\": {\"epochs\": 3}}".utf8).write(to: folder.appendingPathComponent("config.json"))
        try Data("{\"parameters\": {\"total\": 1234}}".utf8).write(to: folder.appendingPathComponent("summary.json"))
        let ended = Self.compare([folder.path, "/nowhere/at/all"])
        #expect(ended.code == .failure)
        #expect(ended.messages == "/nowhere/at/all: there is no such directory; check its name\n")
        #expect(ended.results.contains("1,234     0/3  unfinished"))
        #expect(Self.compare([folder.path]).code == .success)
    }
}
