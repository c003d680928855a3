import Foundation
import Schema
import Testing

/// What a shell, a batch system or a container forbids.
@Suite(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct LimitTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let config = """
                { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 300, "test_limit": 50 },
                  "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
                  "training": { "epochs": 2 } }
                """
            try config.write(toFile: "\(path)/tiny.json", atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func json(_ file: String) throws -> JSON {
            try JSON(parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))))
        }
    }

    private func train(_ options: [String] = [], after preparation: String) throws -> BuiltTool {
        try BuiltTool(["train", "tiny.json", "--out", "run"] + options, in: folder.path, after: preparation)
    }

    @Test(arguments: [
        ("export OMP_NUM_THREADS=1", [], 1, "OMP_NUM_THREADS"),
        ("export SLURM_CPUS_PER_TASK=1 OMP_NUM_THREADS=5000", [], 1, "SLURM_CPUS_PER_TASK"),
        ("export SLURM_CPUS_PER_TASK=1", ["--threads", "3"], 3, "--threads"),
    ])
    func `a run says with how many threads it computed and who said so`(
        preparation: String, options: [String], threads: Int, giver: String
    ) throws {
        let run = try train(options, after: preparation)
        #expect(run.status == 0 && run.messages.contains("threads        \(threads) (\(giver))\n"), "\(run.messages)")
        let json = try folder.json("run/run.json")
        #expect(json["threads"] == JSON(threads) && json["threads_by"] == JSON(giver))
        #expect(try Int(from: #require(json["peak_bytes"])) > 10 << 20)
        #expect(json["given"]?["memory_by"] != nil && json["given"]?["processors_by"] != nil)
    }

    @Test func `a variable that is no number of threads is told once, unless --threads decides`() throws {
        let run = try train(["--epochs", "0"], after: "export OMP_NUM_THREADS=four")
        let warning =
            #"warning: OMP_NUM_THREADS is ignored: expected a whole number from 1 on, found "four"; "#
            + "--threads sets the number of threads\n"
        #expect(run.messages.components(separatedBy: warning).count == 2, "\(run.messages)")
        let other = try train(
            ["--epochs", "0", "--threads", "1", "--out", "other"], after: "export OMP_NUM_THREADS=four")
        #expect(!other.messages.contains("OMP_NUM_THREADS"), "\(other.messages)")
    }

    @Test(arguments: [
        ("ulimit -v 130000", 10, 2, ["mnist-lab needs ", "ulimit -v leaves", "raise the limit"]),
        ("ulimit -v 250000", 3000, 2, ["training needs ", "ulimit -v leaves", "fewer classes needs less"]),
        ("ulimit -n 5", 10, 1, ["Too many open files", "raise the limit with ulimit -n"]),
        ("ulimit -f 2", 10, 1, ["File too large", "raise the limit with ulimit -f"]),
    ])
    func `what the shell's limits forbid is an error that names them`(
        limit: String, classes: Int, code: Int32, words: [String]
    ) throws {
        let run = try train(["--set", "model.layers[1].units=\(classes)"], after: limit)
        #expect(run.status == code)
        for word in words { #expect(run.messages.contains(word), "\(run.messages)") }
    }

    @Test(arguments: [60_000, 95_000, 110_000, 120_000, 130_000, 140_000])
    func `however few addresses there are, the process ends by itself with a message`(kilobytes: Int) throws {
        let run = try train(after: "ulimit -v \(kilobytes)")
        // Where not even its libraries fit, the system's loader says so, with 127.
        #expect([0, 1, 2, 127].contains(run.status), "\(run.status): \(run.messages)")
        #expect(!run.messages.isEmpty && !run.messages.contains("Fatal error"), "\(run.messages)")
    }

    @Test(arguments: 3...8) func `however few files may be open, the process ends by itself`(files: Int) throws {
        let run = try train(after: "ulimit -n \(files)")
        #expect([0, 1, 2, 127].contains(run.status), "\(run.status): \(run.messages)")
        // Announcements are messages too: a failure has one of its own.
        let says = run.status == 127 ? "cannot open shared object file" : run.status == 0 ? "run directory" : "error:"
        #expect(run.messages.contains(says) && !run.messages.contains("Fatal error"), "\(files): \(run.messages)")
    }
}
