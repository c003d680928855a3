import Foundation
import Reporting
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The tool on a terminal: a pseudo-terminal of 40 columns.
@Suite(.serialized, .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
final class ScreenTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let config = """
            { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 200, "test_limit": 50,
                "validation": { "fraction": 0.2 } },
              "model": { "layers": [ { "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" } ] },
              "training": { "epochs": 2 }, "expect": { "test_accuracy": { "min": 0 } } }
            """
        try AtomicFile.write(config, to: "\(folder)/tiny.json")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What a screen receives while `tiny.json` is trained.
    private func training(_ environment: [String: String]) throws -> String {
        try Self.shown(["train", "tiny.json", "--out", "a"], in: folder, environment: environment)
    }

    @Test func `on a narrow screen no line is wider than the screen`() throws {
        let text = try training(["TERM": "xterm"])
        let lines = withoutEscapes(text).split(whereSeparator: { $0.isNewline || $0 == "\r" })
        #expect(lines.contains { $0.hasPrefix("epoch 2/2  loss") })
        for line in lines { #expect(displayWidth(line) <= 40, "\(line)") }
    }

    /// In this order, in a folder with `tiny.json` and a sweep of it.
    private static let lines = [
        "train tiny.json --out a", "evaluate a", "sweep sweep.json --dry-run", "sweep sweep.json --out s",
        "sweep --status s", "sweep --collect s", "sweep --collect s --quiet", "compare a s", "compare s --groups", "ls",
        "show a", "show s", "summary tiny.json", "validate tiny.json", "data", "data info synthetic-digits",
        "new --list", "new mine",
    ]

    @Test func `no command's results are wider than a narrow screen`() throws {
        let tiny = try String(contentsOfFile: "\(folder)/tiny.json", encoding: .utf8)
        let sweep = tiny.replacing(
            #""expect""#, with: #""sweep": { "grid": { "training.batch_size": [8, 16] }, "repeats": 2 }, "expect""#)
        try AtomicFile.write(sweep, to: "\(folder)/sweep.json")
        for line in Self.lines {
            let words = line.split(separator: " ").map(String.init)
            let text = withoutEscapes(try Self.shown(words, in: folder, environment: ["TERM": "xterm"]))
            #expect(!text.isEmpty)
            // A path is not broken, so that it can be copied.
            for shown in text.split(whereSeparator: { $0.isNewline || $0 == "\r" }) where !shown.contains("/") {
                #expect(displayWidth(shown) <= 40, "\(line): \(shown)")
            }
        }
    }

    @Test func `a terminal that only prints gets plain lines, and nothing that is drawn`() throws {
        let text = try training(["TERM": "dumb"])
        #expect(!text.contains("\u{1B}") && !text.contains("━"))
        #expect(text.replacing("\r\n", with: "\n").split(separator: "\n").count { $0.hasPrefix("epoch ") } == 2)
    }

    @Test func `colours are left out where they are not wanted`() throws {
        let colored = try training(["TERM": "xterm", "NO_COLOR": ""])
        #expect(colored.contains("\u{1B}[32m"))
        try FileManager.default.removeItem(atPath: "\(folder)/a")
        let plain = try training(["TERM": "xterm", "NO_COLOR": "1"])
        #expect(!plain.contains(#/\u{1B}\[[0-9;]*m/#))
    }

    @Test func `a table in a pipe is as wide as it needs to be, or as COLUMNS says`() throws {
        _ = try training(["TERM": "dumb"])
        let other = ["train", "tiny.json", "--quiet", "--out", "b", "--set", "training.batch_size=16"]
        #expect(try BuiltTool(other, in: folder).status == 0)
        func width(_ environment: [String: String]) throws -> Int {
            let compared = try BuiltTool(["compare", "a", "b"], in: folder, environment: environment)
            return compared.output.split(separator: "\n").map { displayWidth($0) }.max() ?? 0
        }
        #expect(try width(["COLUMNS": ""]) > 80)
        #expect(try width(["COLUMNS": "50"]) <= 50)
    }

    /// Runs the tool with its results and messages on a pseudo-terminal.
    private static func shown(_ arguments: [String], in folder: String, environment: [String: String]) throws -> String
    {
        var master: Int32 = -1
        var slave: Int32 = -1
        var size = winsize(ws_row: 24, ws_col: 40, ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&master, &slave, nil, nil, &size) == 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltTool.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = BuiltTool.environment(adding: environment)
        let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try handle.close()
        defer { close(master) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        // A terminal whose other side is closed ends with an error.
        while case let count = read(master, &part, part.count), count > 0 { bytes += part.prefix(count) }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func withoutEscapes(_ text: String) -> String {
        text.replacing(#/\u{1B}\[[0-9;]*[A-Za-z]/#, with: "")
    }
}
