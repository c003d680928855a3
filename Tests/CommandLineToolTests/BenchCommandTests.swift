import Foundation
import Schema
import Testing

@testable import CommandLineTool

@Suite struct BenchCommandTests {
    static func bench(_ words: [String]) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        return (Tool.mnistLab.run(["bench"] + words, console: console), results, messages)
    }

    @Test(
        arguments: [
            (["warmpu"], "unknown model \"warmpu\"; did you mean \"warmup\"?"),
            (["--seconds", "-1"], "--seconds: expected a number from 0 to 3600, found -1"),
            (["--threads", "0"], "--threads: expected a whole number from 1 to 256, found 0"),
            (["--cores", "--seconds", "5"], "--seconds: --cores takes twelve steps of each model"),
            (["--tolerance", "5"], "--tolerance needs --compare FILE"),
            (["--compare", "/nowhere.json"], "--compare: cannot read /nowhere.json: No such file or directory"),
        ] as [([String], String)])
    func `what makes no sense is a mistake in usage, known before anything is measured`(
        words: [String], message: String
    ) {
        let ended = Self.bench(words)
        #expect(ended.code == .usage)
        #expect(ended.results == "")
        #expect(ended.messages.hasPrefix("error: \(message)"), "\(ended.messages)")
    }

    @Test func `an earlier document is compared with; another file is refused with line and column`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let words = ["smaller", "--seconds", "0", "--threads", "1"]
        let first = Self.bench(words + ["--json", "--quiet"])
        #expect(first.code == .success)
        #expect(first.messages == "")
        let document = try JSON(parsing: Array(first.results.utf8))
        #expect(document["training"]?.elements?.compactMap { $0["config"]?.text } == ["smaller"])
        #expect(document["kernels"]?.elements?.count == 6)

        try Data(first.results.utf8).write(to: file)
        let second = Self.bench(words + ["--compare", file.path])
        #expect(second.code == .success)
        #expect(second.messages.hasPrefix("multiply-add peak\nConv2D forward, 3×3"))
        #expect(second.messages.hasSuffix("training smaller\n"))
        #expect(second.results.contains(#/geometric mean +\d+\.\d\d\n/#))

        try Data("{\n  \"training\": 3,\n  \"peak_gflops\": 1\n}".utf8).write(to: file)
        let third = Self.bench(words + ["--compare", file.path])
        #expect(third.code == .usage)
        #expect(third.results == "")
        #expect(third.messages.contains("\(file.path):2:15: training: expected an array"), "\(third.messages)")
    }

    @Test func `a history grows by a line each time, and its medians judge what is slower`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let words = ["smaller", "--seconds", "0", "--threads", "1", "--quiet"]
        for lines in 1...3 {
            #expect(Self.bench(words + ["--record", file.path]).code == .success)
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.split(separator: "\n").count == lines)
            #expect(text.contains("\"measured\":\""))
        }
        #expect(Self.bench(words + ["--compare", file.path, "--tolerance", "99"]).code == .success)

        let other = Self.bench(["mlp"] + words.dropFirst() + ["--compare", file.path, "--tolerance", "99"])
        #expect(other.code == .failure)
        #expect(other.messages == "error: training mlp has no earlier rate\n")

        // As if it had been a hundred times as fast before.
        let fast = try String(contentsOf: file, encoding: .utf8)
            .replacing(#/"images_per_second":(\d+)/#) { "\"images_per_second\":\($0.1)00" }
        try fast.write(to: file, atomically: true, encoding: .utf8)
        let slow = Self.bench(words + ["--compare", file.path, "--tolerance", "10"])
        #expect(slow.code == .failure)
        #expect(slow.messages.contains(#/error: training smaller is slower: 0\.0\d times the earlier rate/#))

        try "{\n}\n".write(to: file, atomically: true, encoding: .utf8)
        #expect(Self.bench(words + ["--record", file.path]).code == .usage)
        #expect(try String(contentsOf: file, encoding: .utf8) == "{\n}\n")
    }
}
