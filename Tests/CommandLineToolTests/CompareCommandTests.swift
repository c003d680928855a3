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
