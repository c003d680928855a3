import Foundation
import Testing

/// `sweep --submit`, `--status` and `--cancel` with programs in the place of Slurm's.
@Suite(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct SlurmCommandTests {
    @Test func `what is missing is submitted once, and its jobs can be looked at and cancelled`() throws {
        let folder = try Folder()
        let first = try folder.run(["sweep", "tiny.json", "--submit", "slurm", "--tasks", "2", "--", "--time=5"])
        #expect(first.status == 0, "\(first.messages)")
        #expect(first.output.contains("submitted  job 101: 2 tasks for 3 trials\n           job 102 makes the tables"))
        #expect(
            try folder.calls == [
                "sbatch --parsable runs/tiny/slurm/train.sh",
                "sbatch --parsable --dependency=afterany:101 runs/tiny/slurm/collect.sh",
            ])
        let script = try folder.text("runs/tiny/slurm/train.sh")
        #expect(script.contains("#SBATCH --array=1-2\n") && script.contains("#SBATCH --time=5\n"))
        #expect(script.contains("/mnist-lab sweep tiny.json --out runs/tiny --join &\n"))

        try folder.write("101|1|RUNNING|a|None\n101|2|PENDING||Resources\n102|N/A|PENDING||Dependency\n", to: "queue")
        let again = try folder.run(["sweep", "tiny.json", "--submit", "slurm", "--tasks", "2"])
        #expect(again.output.hasPrefix("nothing submitted: 2 tasks running or waiting already (job 101)"))
        let more = try folder.run(["sweep", "tiny.json", "--submit", "slurm", "--json"])
        #expect(more.output.contains("\"submitted\": \"103\"") && more.output.contains("\"tasks\": 1"))
        #expect(try folder.calls.last == "sbatch --parsable --dependency=afterany:101:103 runs/tiny/slurm/collect.sh")

        let status = try folder.run(["sweep", "--status", "tiny.json"])
        #expect(status.output.contains("0 of 3 trials finished, 0 running, 3 missing"))
        #expect(status.output.contains(#/101 +1 +pending +Resources/#))
        #expect(try folder.calls.last == "squeue -h -r -o %F|%K|%T|%N|%r -j 101,102,103,104")
        let cancelled = try folder.run(["sweep", "--cancel", "runs/tiny"])
        #expect(cancelled.output.hasPrefix("cancelled jobs 101, 102; "))
        #expect(try folder.calls.last == "scancel 101 102")
        try folder.write("", to: "queue")
        #expect(try folder.run(["sweep", "--cancel", "runs/tiny"]).output.hasPrefix("no job of runs/tiny is running"))
    }

    @Test func `the line of a script's task trains what is missing, and the other makes the tables`() throws {
        let folder = try Folder()
        #expect(try folder.run(["sweep", "tiny.json", "--submit", "slurm"]).status == 0)
        for script in ["train", "collect"] {
            let line = try folder.text("runs/tiny/slurm/\(script).sh").split(separator: "\n").first {
                $0.contains("/mnist-lab sweep ")
            }
            let words = try #require(line).split(separator: " ").drop { !$0.hasPrefix("/") }.dropFirst().map(
                String.init)
            let run = try folder.run(words.filter { $0 != "&" })
            #expect(run.status == 0, "\(run.messages)")
            #expect(script == "collect" || run.messages.contains("epoch 1/1 seed=2  loss"))
        }
        #expect(try folder.text("runs/tiny/trials.csv").contains("seed=2,2,finished"))
        let calls = try folder.calls.count
        let done = try folder.run(["sweep", "tiny.json", "--submit", "slurm"])
        #expect(done.output == "nothing is missing; the tables: mnist-lab sweep --collect runs/tiny\n")
        #expect(try folder.calls.count == calls)
        // A sweep that has changed is no longer the one that is queued.
        let changed = try folder.run(["sweep", "tiny.json", "--join", "--epochs", "2"])
        #expect(changed.status == 2 && changed.messages.contains("prepared for other trials"))
        try folder.write("101|1|PENDING||Resources\n", to: "queue")
        let other = try folder.run(["sweep", "tiny.json", "--submit", "slurm", "--epochs", "2"])
        #expect(other.status == 2 && other.messages.contains("another sweep is running in this folder"))
    }

    @Test func `without Slurm, or when it refuses, the reason is said`() throws {
        let folder = try Folder()
        let missing = try folder.run(["sweep", "tiny.json", "--submit", "slurm"], path: "/nowhere")
        #expect(missing.status == 1 && missing.messages.contains("sbatch was not found"), "\(missing.messages)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs"))
        try folder.makeProgram("sbatch", "echo 'sbatch: error: invalid partition specified: shrt' >&2; exit 1")
        let refused = try folder.run(["sweep", "tiny.json", "--submit", "slurm", "--", "-p", "shrt"])
        #expect(refused.status == 1 && refused.messages.contains("invalid partition specified: shrt"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs/tiny/slurm/jobs.json"))
        // A status needs no Slurm.
        #expect(try folder.run(["sweep", "--status", "tiny.json"], path: "/nowhere").status == 0)
    }

    @Test func `a failure stays one until jobs are submitted that would try again`() throws {
        let folder = try Folder()
        let sweep = [
            "sweep", "tiny.json", "--set", "training.optimizer=SGD", "--set", "training.optimizer.learning_rate=1e38",
        ]
        #expect(try folder.run(sweep).status == 1)
        let note = try folder.text("runs/tiny/trials/seed=0/trial.json")
        #expect(note.contains("diverged"))
        #expect(try folder.run(sweep + ["--submit", "slurm", "--tasks", "3"]).status == 0)
        #expect(try !folder.text("runs/tiny/trials/seed=0/trial.json").contains("diverged"))
        try folder.write(note, to: "runs/tiny/trials/seed=0/trial.json")
        try folder.write("101|1|RUNNING|a|None\n101|2|RUNNING|a|None\n101|3|RUNNING|a|None\n", to: "queue")
        #expect(try folder.run(sweep + ["--submit", "slurm", "--tasks", "3"]).output.hasPrefix("nothing submitted"))
        #expect(try folder.text("runs/tiny/trials/seed=0/trial.json") == note)
    }

    private static let mistakes: [(arguments: [String], says: String)] = [
        (["tiny.json", "--", "--time=5"], "only --submit takes options after --"),
        (["tiny.json", "--tasks", "4"], "--tasks can only be used with --submit"),
        (["tiny.json", "--submit", "slrum"], "did you mean \"slurm\"?"),
        (["tiny.json", "--submit", "slurm", "--", "job.sh"], "\"job.sh\" is no option of sbatch"),
        (["tiny.json", "--submit", "slurm", "--shard", "1/2"], "the tasks of an array take whatever trial is free"),
        (["tiny.json", "--submit", "slurm", "--tasks", "4%0"], "--tasks: expected N or N%M"),
        (
            ["tiny.json", "--submit", "slurm", "--set", #"expect={"test_loss":{"baseline":"gone"}}"#],
            "there is no such directory"
        ),
        (["--status"], "name a sweep by its config or its directory"),
        (["--status", "."], "this is not a sweep directory"),
        (["--cancel", "tiny.json"], "this is not a sweep directory"),
        (["tiny.json", "--lease", "0"], "--lease: expected a whole number from 1 to 86400"),
    ]

    @Test(arguments: mistakes.indices)
    func `what cannot be meant is refused with a reason`(index: Int) throws {
        let folder = try Folder()
        let run = try folder.run(["sweep"] + Self.mistakes[index].arguments)
        #expect(run.status != 0 && run.messages.contains(Self.mistakes[index].says), "\(run.messages)")
        #expect(try folder.calls.isEmpty)
    }

    @Test func `a job that is stopped by SIGTERM ends with the code that asks for its requeueing`() throws {
        for (environment, status) in [(["SLURM_JOB_ID": "7"], 75), ([:], 143)] as [([String: String], Int32)] {
            let folder = try Folder()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: BuiltTool.path)
            process.arguments = ["sweep", "tiny.json", "--epochs", "1000000", "--quiet"]
            process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
            process.environment = BuiltTool.environment(adding: environment)
            process.standardError = FileHandle.nullDevice
            try process.run()
            let checkpoint = "\(folder.path)/runs/tiny/trials/seed=0/checkpoint.safetensors"
            let patience = Date().addingTimeInterval(60)
            while !FileManager.default.fileExists(atPath: checkpoint), Date() < patience { usleep(10_000) }
            // Twice for a job, as when its script hands on what Slurm has sent to both.
            for _ in 0..<(environment.isEmpty ? 1 : 2) { kill(process.processIdentifier, SIGTERM) }
            process.waitUntilExit()
            #expect(process.terminationStatus == status)
        }
    }

    /// A folder with a sweep of three trials, and with `sbatch`, `squeue` and `scancel` that note how they are called.
    private struct Folder: ~Copyable {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let config = """
                { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 60, "test_limit": 20 },
                  "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }] },
                  "training": { "epochs": 1 }, "sweep": { "repeats": 3 } }
                """
            try write(config, to: "tiny.json")
            try write("", to: "calls")
            try write("", to: "queue")
            let note = "echo \"$(basename \"$0\") $*\" >>'\(path)/calls'\n"
            try makeProgram("sbatch", note + "echo $((100 + $(grep -c ^sbatch '\(path)/calls')))")
            try makeProgram("squeue", note + "cat '\(path)/queue'")
            try makeProgram("scancel", note)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func run(_ arguments: [String], path programs: String? = nil) throws -> BuiltTool {
            try BuiltTool(arguments, in: path, environment: ["PATH": programs ?? "\(path):/usr/bin:/bin"])
        }

        func write(_ text: String, to file: String) throws {
            try text.write(toFile: "\(path)/\(file)", atomically: true, encoding: .utf8)
        }

        func makeProgram(_ name: String, _ lines: String) throws {
            try write("#!/bin/sh\n\(lines)\n", to: name)
            chmod("\(path)/\(name)", 0o755)
        }

        func text(_ file: String) throws -> String { try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) }

        var calls: [String] { get throws { try text("calls").split(separator: "\n").map(String.init) } }
    }
}
