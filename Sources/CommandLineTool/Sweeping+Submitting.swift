import Datasets
import Experiments
import Foundation
import Reporting
import Schema

extension Sweeping {
    /// `--submit slurm`: an array of jobs for what is missing, and a job that makes the tables after it.
    func submit() throws -> ExitCode {
        if path == "-" {
            throw call.misuse("--submit needs a config that jobs can read again, not standard input")
        }
        if shard != nil { throw call.misuse("--shard: the tasks of an array take whatever trial is free") }
        let options: SbatchOptions
        do { options = try SbatchOptions(call.handedOn) } catch { throw UsageError(error, in: call.command) }
        // Before the directory takes up a plan that may be another one than before.
        try Slurm.checkForSubmitting()
        let library = call.library(for: path)
        _ = try plan.costs(library: library)
        // What would end every job at its start.
        _ = try plan.base.config.expect.readingBaselines()
        call.warn(plan.base.config.doubts)
        call.warn(plan.idleHalving)
        var plan = plan
        try plan.identify(by: SharedData(library: library))

        let record = SweepRecord(plan)
        let queue = SweepQueue(plan: record, directory: directoryPath)
        let directory = try SweepDirectory(path: directoryPath)
        try queue.check()
        _ = try directory.take(record)
        let command = SweepQueue.Commands(
            training: call.commandLine("sweep", path, ["--out", directoryPath, "--join"] + handedDown, tool: program),
            collecting: [program, "sweep", "--collect", directoryPath].map(shellQuoted).joined(separator: " ")
                + (call[Common.noPictures] ? " --no-pictures" : ""))
        let size = call[SweepOptions.tasks] ?? ArraySize(count: 16)
        // Of two who submit at the same time the second sees the first one's jobs.
        let outcome = try directory.alone {
            // Jobs that are there already try no trial again that has failed, so only new ones find failures forgiven.
            try queue.submit(size: size, options: options, commands: command) { try directory.forgiveFailures(record) }
        }
        call.print(json: outcome.json(in: directoryPath), text: text(outcome))
        return .success
    }

    /// The options of this call that hold for its jobs too.
    private var handedDown: [String] {
        var words: [String] = []
        if let jobs = shares.jobs { words += ["--jobs", "\(jobs)"] }
        if let threads = call[Common.threads] { words += ["--threads", "\(threads)"] }
        if lease != Int(SavedClaim.usualLease) { words += ["--lease", "\(lease)"] }
        if failsFast { words.append("--fail-fast") }
        if call[Common.offline] { words.append("--offline") }
        if call[Common.quiet] { words.append("--quiet") }
        return words
    }

    /// What a shell here is to call this program: its name if that is what the shell finds, or else its path.
    var programForShells: String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let found = folders.lazy.map { "\($0)/\(call.tool.name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        return found.map(real) == real(program) ? call.tool.name : program
    }

    /// This program's own path, by which jobs on other machines and other shells find it.
    var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    private func text(_ outcome: SweepQueue.Outcome) -> String {
        let tool = "\(call.tool.name) sweep"
        let place = shellQuoted(directoryPath)
        switch outcome {
        case .nothingMissing:
            return "nothing is missing; the tables: \(tool) --collect \(place)\n"
        case .enoughQueued(let jobs, let tasks):
            return """
                nothing submitted: \(count(tasks, "task")) running or waiting already (job \(jobs.joined(separator: ", ")))
                how far it is: \(tool) --status \(place)

                """
        case .submitted(let array, let tasks, let collector, let missing):
            // Who has not chosen should know that there is a choice.
            let advice = tasks < missing && call[SweepOptions.tasks] == nil ? "; --tasks changes that" : ""
            let folder = displayable(SlurmJobs.folder(in: directoryPath))
            return """
                submitted  job \(array): \(count(tasks, "task")) for \(count(missing, "trial"))\(advice)
                           job \(collector) makes the tables after it
                script     \(folder)/train.sh
                logs       \(folder)/\(array)_*.log
                status     \(tool) --status \(place)
                cancel     \(tool) --cancel \(place)

                """
        }
    }
}

/// `1 task`, `4 tasks`.
private func count(_ number: Int, _ thing: String) -> String { "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")" }

extension SweepQueue.Outcome {
    fileprivate func json(in directory: String) -> JSON {
        switch self {
        case .nothingMissing: ["directory": JSON(directory), "submitted": nil, "missing": 0]
        case .enoughQueued(let jobs, let tasks):
            ["directory": JSON(directory), "submitted": nil, "queued": JSON(tasks), "jobs": JSON(jobs)]
        case .submitted(let array, let tasks, let collector, let missing):
            [
                "directory": JSON(directory), "submitted": JSON(array), "tasks": JSON(tasks),
                "collector": JSON(collector), "missing": JSON(missing),
            ]
        }
    }
}
