import Foundation
import Reporting
import Testing

@testable import CommandLineTool

/// Sweeps as scripts run them: real processes, killed and shared.
@Suite(.serialized, .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct SweepCommandTests {
    private static let config = """
        { "name": "tiny", "let": { "hidden": [4] },
          "dataset": { "name": "synthetic-digits", "train_limit": 200, "test_limit": 40, "validation": { "fraction": 0.5 } },
          "model": { "layers": [ { "type": "Flatten" },
            { "for_each": "$hidden", "as": "n", "layers": [{ "type": "Dense", "units": "$n", "activation": "relu" }] },
            { "type": "Dense", "units": 10, "activation": "softmax" } ] },
          "training": { "epochs": 3, "optimizer": "adam" },
          "sweep": { "grid": { "training.batch_size": [4, 8, 16, 32, 64], "let.hidden": [[4], [6, 5]] }, "repeats": 3 } }
        """

    private static let quick = ["--epochs", "1", "--set", #"sweep.grid={"training.batch_size":[8,16]}"#]

    /// What is added to the command line, how it ends, and what it says.
    private static let endings: [(arguments: [String], status: Int32, says: String)] = [
        (["--dry-run"], 0, "30 trials"),
        (["--dry-run", "--json"], 0, "\"training_peak\""),
        (
            ["--print-commands", "--out", "a b"], 0,
            "/mnist-lab sweep tiny.json --out 'a b' --shard 30/30 --threads 1 --quiet\n"
        ),
        (quick, 0, "sorted by val_accuracy"),
        (quick + ["--json"], 0, "\"best_is_distinguishable\""),
        (quick + ["--set", "expect.test_accuracy.min=1"], 3, "NOT MET"),
        (quick + ["--set", #"expect.loss={"min":2.3,"confidence":0.99}"#], 4, "undecided"),
        (["--set", "training.epochs=1", "--shard", "3/15"], 0, "batch_size=4,hidden=4,seed=2"),
        (["--set", "sweep.grid={\"training.optimizer.learning_rate\":[1e38]}", "--fail-fast"], 1, "diverged"),
        // What the machine cannot hold fails, and the other trial is trained.
        (
            ["--epochs", "1", "--set", #"sweep={"grid":{"let.hidden":[[1000000000],[4]]}}"#], 1,
            "a smaller layer needs less"
        ),
        (
            ["--set", #"sweep={"grid":{"model.layers[2].units":[10,5]}}"#], 2,
            "in trial units=5: dense_1: tells 5 classes apart"
        ),
        (
            ["--set", #"sweep={"grid":{"model.layers[0]":[{"type":"Conv2D","filters":1,"kernel_size":40}]}}"#], 2,
            "model.layers[0]: in trial layers-0=Conv2D-1: conv2d: the kernel is larger"
        ),
        (["--set", "training.batch_size=3"], 2, "the sweep varies this"),
        (["--set", "sweep=null"], 2, "the config has no \"sweep\""),
        (["--set", "sweep.halving={}", "--shard", "1/2"], 2, "halving decides among all trials"),
        (["--shard", "3/2"], 2, "--shard: expected I/N"),
        (["--until"], 2, "--until needs a value; write --until PRECISION"),
        (["--until", "narrow"], 2, "--until: expected a number above 0, found the string \"narrow\""),
        (["--until", "1%"], 2, "--until: expected a number above 0, found the string \"1%\""),
        (["--until", "nan"], 2, "--until: expected a number above 0, found the string \"nan\""),
        (["--until", "-0.01"], 2, "--until: expected a number above 0, found -0.01"),
        (["--until", "0"], 2, "--until: expected a number above 0, found 0"),
        (
            ["--until", "0.01", "--set", "sweep.repeats=1"], 2,
            "--until 0.01: sweep.until: repeats is 1, and until needs at least 3 to decide; set sweep.repeats to"
        ),
        (["--until", "0.01", "--set", "sweep.halving={}"], 2, "until and halving exclude each other; leave one out"),
        (["--until", "0.01", "--shard", "1/2"], 2, "--shard: whether a repeat is needed is decided by those"),
        (["--until", "0.01", "--print-commands"], 2, "--print-commands: whether a repeat is needed is"),
        (
            ["--until", "0.01", "--set", #"sweep={"grid":{"seed":[1,2,3]}}"#], 2,
            "--until 0.01: sweep.until: until decides how many repeats there are, and the seed varies already; set"
        ),
        (["--until", "0.5", "--dry-run"], 0, "30 trials"),
        (["--dry-run", "--set", #"sweep.halving={"min_epochs":9}"#], 0, "min_epochs is 9, no trial trains for longer"),
        (["--collect", "here"], 2, "--collect takes no config"),
        (["--dry-run", "--shard", "1/2"], 2, "--dry-run shows all trials, and --shard asks for a part of them"),
        (["--print-commands", "--json"], 2, "--print-commands prints lines for a shell"),
        (["--print-commands", "--lease", "30"], 0, "--threads 1 --quiet --lease 30\n"),
        (["--out", "."], 2, "this folder exists and is not a sweep directory"),
    ]

    @Test(arguments: endings.indices)
    func `a sweep ends with the code that its ending has`(index: Int) throws {
        let (arguments, status, says) = Self.endings[index]
        let folder = try Folder(Self.config)
        let run = try BuiltTool(["sweep", "tiny.json", "--progress", "never"] + arguments, in: folder.path)
        #expect(run.status == status, "\(run.messages)")
        #expect((run.output + run.messages).contains(says), "\(run.output) \(run.messages)")
        if status == 2 { #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs")) }
    }

    @Test(arguments: [
        ["--until", "0.01"], ["--set", "expect.test_accuracy.min=0.9"], ["--seed", "1"], ["--shard", "1/2"],
    ])
    func `tables of what is there have no use for what decides trainings`(option: [String]) throws {
        let folder = try Folder(Self.config)
        let run = try BuiltTool(["sweep", "--collect", "here"] + option, in: folder.path)
        #expect(run.status == 2 && run.messages.contains("so that \(option[0]) decides nothing"), "\(run.messages)")
    }

    @Test func `a report for CI systems has a case for each trial and each expectation`() throws {
        let folder = try Folder(Self.config)
        func xml(_ arguments: [String]) throws -> String {
            _ = try BuiltTool(["sweep", "tiny.json", "--quiet", "--junit", "r.xml"] + arguments, in: folder.path)
            defer { try? FileManager.default.removeItem(atPath: "\(folder.path)/r.xml") }
            return try String(contentsOfFile: "\(folder.path)/r.xml", encoding: .utf8)
        }
        let expecting = ["--set", "expect.test_accuracy.min=1"]
        // Two groups of three trials each, and an expectation for each group.
        #expect(try xml(Self.quick + expecting).contains(#"tests="8" failures="2" errors="0" skipped="0""#))
        let shard = try xml(Self.quick + expecting + ["--out", "b", "--shard", "1/6"])
        #expect(shard.contains(#"tests="1" failures="0" errors="0" skipped="0""#), "\(shard)")
        _ = try BuiltTool(
            ["sweep", "tiny.json", "--out", "c", "--shard", "1/6"] + Self.quick + expecting, in: folder.path)
        let collected = try BuiltTool(["sweep", "--collect", "c", "--junit", "c.xml"], in: folder.path)
        let missing = try String(contentsOfFile: "\(folder.path)/c.xml", encoding: .utf8)
        #expect(collected.status == 4)
        #expect(missing.contains(#"<error message="not judged: 5 of 6 trials are missing"/>"#), "\(missing)")
        let wrong = try xml(["--set", "sweep.repeats=0"])
        #expect(wrong.contains(#"tests="1" failures="0" errors="1" skipped="0""#) && wrong.contains("sweep.repeats"))
        let dry = try BuiltTool(["sweep", "tiny.json", "--dry-run", "--junit", "r.xml"], in: folder.path)
        #expect(dry.status == 2 && dry.messages.contains("--dry-run has no results for --junit"))
    }

    @Test func `a sweep killed at ten moments ends as if it had not been`() throws {
        let folder = try Folder(Self.config)
        let began = Date()
        #expect(try BuiltTool(["sweep", "tiny.json", "--out", "whole", "--quiet"], in: folder.path).status == 0)
        let seconds = Date().timeIntervalSince(began)
        var finished: [String: String] = [:]
        for kill in 0..<10 {
            let ways = [
                ["--jobs", "\(kill % 4 + 1)"], ["--threads", "\(kill % 3 + 1)"], ["--shard", "\(kill % 2 + 1)/2"],
            ]
            let process = try folder.start(["sweep", "tiny.json", "--out", "killed", "--quiet"] + ways[kill % 3])
            // From hardly begun to well on its way, in an order without a pattern.
            Thread.sleep(forTimeInterval: 0.02 + seconds / 50 * Double(7 * kill % 10))
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // What was finished once stays as it is: its results are not even written again.
            let now = folder.results(of: "killed")
            for (trial, mark) in finished { #expect(now[trial] == mark, "\(trial)") }
            finished = now
        }
        let last = try BuiltTool(["sweep", "tiny.json", "--out", "killed", "--quiet", "--jobs", "3"], in: folder.path)
        #expect(last.status == 0, "\(last.messages)")
        let now = folder.results(of: "killed")
        #expect(now.count == 30)
        for (trial, mark) in finished { #expect(now[trial] == mark, "\(trial)") }
        for file in ["trials.csv", "summary.csv", "sweep.json"] {
            #expect(try folder.bytes("killed/\(file)") == folder.bytes("whole/\(file)"), "\(file)")
        }
    }

    @Test func `two processes on one directory train each trial once`() throws {
        let folder = try Folder(Self.config)
        let processes = try (0..<2).map { index in
            try folder.start(
                ["sweep", "tiny.json", "--out", "shared", "--jobs", "2", "--progress", "auto"], to: "log\(index)")
        }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let done = try (0..<2).map { index in
            String(decoding: try folder.bytes("log\(index)"), as: UTF8.self).split(separator: "\n")
                .filter { $0.hasPrefix("done ") }.compactMap {
                    $0.split(separator: " ").dropFirst().first.map(String.init)
                }
        }
        #expect(done[0].count + done[1].count == 30 && Set(done[0] + done[1]).count == 30)
        #expect(folder.results(of: "shared").count == 30)
        for trial in folder.results(of: "shared").keys {
            let rows = String(decoding: try folder.bytes("shared/trials/\(trial)/timings.csv"), as: UTF8.self)
            #expect(rows.split(separator: "\n").count == 4)
        }
    }

    /// What stops a sweep, without a signal that this process was told to ignore: its children ignore it too.
    private static let stops: [(signal: Int32, code: Int32)] = {
        let always: [(signal: Int32, code: Int32)] = [(SIGTERM, 143)]
        return StopSignals.isIgnored(SIGHUP) ? always : always + [(SIGHUP, 129)]
    }()

    @Test(arguments: stops) func `what stops a sweep is told from its end, and the same line goes on`(
        signal: Int32, code: Int32
    ) throws {
        let folder = try Folder(Self.config)
        let process = try folder.start(["sweep", "tiny.json", "--epochs", "500", "--shard", "1/2"], to: "log")
        let patience = Date().addingTimeInterval(30)
        // Once there are trials, signals are listened to.
        while !FileManager.default.fileExists(atPath: "\(folder.path)/runs/tiny/trials"), Date() < patience {
            usleep(10_000)
        }
        usleep(100_000)
        kill(process.processIdentifier, signal)
        while process.isRunning, Date() < patience { usleep(10_000) }
        // A process that does not obey would outlive the test.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationStatus == code)
        let log = String(decoding: try folder.bytes("log"), as: UTF8.self)
        #expect(
            log.contains("go on with: mnist-lab sweep tiny.json --epochs 500 --out runs/tiny --shard 1/2"), "\(log)")
    }

    @Test func `tables are collected from whatever is there`() throws {
        let folder = try Folder(Self.config)
        let quick = ["--set", "training.epochs=1", "--quiet"]
        #expect(
            try BuiltTool(["sweep", "tiny.json", "--out", "a", "--shard", "1/3"] + quick, in: folder.path).status == 0)
        try FileManager.default.removeItem(atPath: "\(folder.path)/a/trials.csv")
        let run = try BuiltTool(["sweep", "--collect", "a"], in: folder.path)
        #expect(run.status == 0, "\(run.messages)")
        let rows = String(decoding: try folder.bytes("a/trials.csv"), as: UTF8.self).split(separator: "\n")
        #expect(rows.count == 31 && rows.count { $0.contains(",finished,") } == 10)
        let nothing = try BuiltTool(["sweep", "--collect", "b"], in: folder.path)
        #expect(nothing.status == 1 && nothing.messages.contains("this is not a sweep directory"))
        let compared = try BuiltTool(["compare", "a", "--json"], in: folder.path)
        #expect(compared.status == 0, "\(compared.messages)")
    }

    private struct Folder: ~Copyable {
        let path: String

        init(_ config: String) throws {
            path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try config.write(toFile: "\(path)/tiny.json", atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func start(_ arguments: [String], to log: String? = nil) throws -> Process {
            try BuiltTool.start(arguments, in: path, messages: log)
        }

        func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")) }

        /// For every finished trial what changes when its result is written: the file's number and time.
        func results(of sweep: String) -> [String: String] {
            let trials = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(sweep)/trials")) ?? []
            let marks = trials.compactMap { trial -> (String, String)? in
                var status = stat()
                guard stat("\(path)/\(sweep)/trials/\(trial)/result.json", &status) == 0 else { return nil }
                return (trial, "\(status.st_ino) \(status.modification.tv_sec) \(status.modification.tv_nsec)")
            }
            return Dictionary(marks, uniquingKeysWith: { first, _ in first })
        }
    }
}
