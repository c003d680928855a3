import Foundation
import Testing

/// The built tool with standard streams that a shell has closed.
@Suite(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct StreamTests {
    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 40, "test_limit": 20 },
          "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
          "training": { "epochs": 1 } }
        """

    /// What the shell does, how the tool ends, and what it says where it can.
    private static let endings: [(redirection: String, status: Int32, says: String)] = [
        (">&-", 1, "cannot write standard output: Bad file descriptor"),
        ("2>&-", 0, ""), ("<&- 2>&-", 0, ""), (">&- 2>&-", 1, ""), ("<&- >&- 2>&-", 1, ""),
    ]

    @Test(arguments: endings.indices)
    func `closed streams lose nothing but what was to be printed`(index: Int) throws {
        let (redirection, status, says) = Self.endings[index]
        let folder = NSTemporaryDirectory() + "mnist-lab-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Self.config.write(toFile: "\(folder)/tiny.json", atomically: true, encoding: .utf8)
        #expect(try run("", in: folder, out: "whole").status == 0)
        let (found, messages) = try run(redirection, in: folder, out: "closed")
        #expect(found == status)
        #expect(says.isEmpty || messages.contains(says), "\(messages)")
        for file in ["config.json", "curves.csv", "model.safetensors", "result.json", "report.html"] {
            #expect(
                FileManager.default.contentsEqual(
                    atPath: "\(folder)/closed/\(file)", andPath: "\(folder)/whole/\(file)"), "\(file)")
        }
    }

    private func run(_ redirection: String, in folder: String, out: String) throws -> (status: Int32, messages: String)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "\"$0\" train tiny.json --out \(out) --progress always \(redirection)", BuiltTool.path,
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let messages = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, messages)
    }
}
