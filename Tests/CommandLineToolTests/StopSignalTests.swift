import Foundation
import Testing

/// A training that signals end, and one that goes on from its folder alone.
@Suite(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct StopSignalTests {
    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 4000, "test_limit": 50 },
          "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
          "training": { "epochs": 12, "batch_size": 1 } }
        """

    /// The system's, if it can undo that signals are ignored, as the tests' own process may have been told to do.
    private static let listening = ["--default-signal=HUP,INT,TERM"]
    private static let canListen =
        (try? BuiltTool.start(listening + ["true"], of: "/usr/bin/env", in: "/"))
        .map { process in
            process.waitUntilExit()
            return process.terminationStatus == 0
        } ?? false

    @Test(
        .enabled(if: canListen, "needs an env that knows --default-signal"),
        arguments: [(SIGHUP, 129), (SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `a training that a signal stops goes on from its folder alone, without what was left unfinished`(
        signal: Int32, code: Int32
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.config.write(toFile: "\(folder)/tiny.json", atomically: true, encoding: .utf8)
        let words = Self.listening + [BuiltTool.path, "train", "tiny.json", "--out", "run", "--threads", "1"]
        let process = try BuiltTool.start(words, of: "/usr/bin/env", in: folder, messages: "log")
        let patience = Date().addingTimeInterval(60)
        func rows() -> Int {
            let text = try? String(contentsOfFile: "\(folder)/run/curves.csv", encoding: .utf8)
            return (text?.split(separator: "\n").count ?? 1) - 1
        }
        while rows() < 1, process.isRunning, Date() < patience { usleep(5_000) }
        kill(process.processIdentifier, signal)
        while process.isRunning, Date() < patience { usleep(5_000) }
        // A process that does not obey would outlive the test.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationStatus == code)
        let log = try String(contentsOfFile: "\(folder)/log", encoding: .utf8)
        #expect(log.contains("stopped; go on with: mnist-lab train tiny.json"), "\(log)")
        #expect((1..<12).contains(rows()))

        // No process has this number.
        let left = "\(folder)/run/.curves.csv.2000000000-1.partial"
        try "x".write(toFile: left, atomically: false, encoding: .utf8)
        let resumed = try BuiltTool(["train", "--out", "run", "--resume", "--threads", "1"], in: folder)
        #expect(resumed.status == 0 && resumed.messages.contains("resumed        from epoch "), "\(resumed.messages)")
        #expect(rows() == 12)
        #expect(!FileManager.default.fileExists(atPath: left))

        // A finished run is tidied, too, and a folder in which nothing was finished is as good as an empty one.
        try "x".write(toFile: left, atomically: false, encoding: .utf8)
        #expect(try BuiltTool(["train", "--out", "run", "--resume"], in: folder).status == 0)
        #expect(!FileManager.default.fileExists(atPath: left))
        try FileManager.default.createDirectory(atPath: "\(folder)/new", withIntermediateDirectories: true)
        try "x".write(toFile: "\(folder)/new/.curves.csv.2000000000-1.partial", atomically: false, encoding: .utf8)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "new", "--epochs", "1"], in: folder).status == 0)
    }
}
