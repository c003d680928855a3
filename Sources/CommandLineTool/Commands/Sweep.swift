import Experiments
import Foundation
import Kernels
import Reporting
import Schema

extension Command {
    private static let out = Option(
        "out", "DIR", as: String.format,
        "the sweep's directory (default: runs/<name>); trials that are finished there are not repeated")
    private static let dryRun = Flag("dry-run", "show the trials and what they would take, run nothing")
    private static let jobs = Option(
        "jobs", "N", as: Int.format(in: 1...Team.mostThreads),
        "trials to run side by side (default: whatever is fastest); never changes a result")
    private static let shard = Option(
        "shard", "I/N", as: Shard.format, "run only every N-th trial, starting with the I-th, for batch schedulers")
    private static let collect = Option(
        "collect", "DIR", as: String.format,
        "make the tables of a sweep's directory from whatever trials are there, and run nothing")
    private static let printCommands = Flag(
        "print-commands", "print a shell line for each trial, for xargs -P, and run nothing")
    private static let failFast = Flag("fail-fast", "stop when a trial fails")

    static let sweep = Command(
        "sweep", "run every trial of the config's \"sweep\"",
        arguments: [
            .optional(
                "CONFIG",
                "the experiment with its sweep, whose keys help config lists, or - for standard input; none with --collect; "
                    + "with --status and --cancel also a sweep's directory")
        ],
        handsOn: .any("SBATCH_OPTION", "with --submit: options of sbatch, such as --partition=short"),
        options: [out, dryRun, jobs, Common.threads, shard, collect, printCommands, failFast, Common.junit]
            + SweepOptions.all
            + Common.configuration + Common.location
            + [Common.noPictures, Common.tensorBoard, Common.progress, Common.quiet, Common.json],
        examples: [
            Example("sweep configs/sweep.json --dry-run", "which trials there are, and how long they would take"),
            Example("sweep configs/sweep.json", "run them, or those that are missing"),
            Example(
                "sweep configs/sweep.json --set sweep.repeats=20 --until 0.01",
                "as many seeds as it takes to know each mean within a point"),
            Example("sweep configs/sweep.json --shard 2/8", "the second of eight parts"),
            Example("sweep --collect runs/sweep", "the tables, from whatever is there"),
            Example("sweep configs/sweep.json --submit slurm -- --time=1:00:00", "on a cluster, as an array of jobs"),
            Example("sweep --status runs/sweep", "how far it is"),
        ]
    ) { call in
        try SweepOptions.check(call)
        let others = [dryRun, printCommands, SweepOptions.join, SweepOptions.status, SweepOptions.cancel].filter {
            call[$0]
        }
        let names = others.map(\.name) + (call[SweepOptions.submit] == nil ? [] : [SweepOptions.submit.name])
        let modes = names + (call[collect] == nil ? [] : [collect.name])
        if modes.count > 1 {
            throw call.misuse("\(modes.map { "--\($0)" }.joined(separator: " and ")) exclude each other")
        }
        if call[Common.junit] != nil, let other = names.first {
            throw call.misuse("--\(other) has no results for --junit", remedy: "sweep --collect DIR --junit FILE has")
        }
        if call[printCommands], call[Common.json] {
            throw call.misuse("--print-commands prints lines for a shell, and --json asks for a document")
        }
        if call[dryRun], call[shard] != nil {
            throw call.misuse(
                "--dry-run shows all trials, and --shard asks for a part of them", remedy: "leave one out")
        }
        if call[SweepOptions.status] { return try SweepJobs(call, out: call[out]).show() }
        if call[SweepOptions.cancel] { return try SweepJobs(call, out: call[out]).cancel() }
        if let directory = call[collect] {
            if let config = call.operands.first {
                throw call.misuse("--collect takes no config, so \(quoted(config)) is one too many")
            }
            let ofTraining: [any AnyOption] =
                [
                    out, jobs, Common.threads, shard, failFast, SweepOptions.until, SweepOptions.lease,
                    Common.tensorBoard,
                ] + Common.configuration + Common.location
            if let option = ofTraining.first(where: { call.isGiven($0.name) }) {
                throw call.misuse(
                    "--collect trains nothing and goes by the config that is in the directory, so that "
                        + "--\(option.name) decides nothing", remedy: "leave one out")
            }
            return try call.reportingFailure(of: directory) { try Sweeping.collect(directory, for: call) }
        }
        guard let path = call.operands.first else { throw call.misuse("missing argument CONFIG") }
        return try call.reportingFailure(of: path) {
            let (document, overrides) = try call.loadDocument(path)
            let sweeping = try Sweeping(
                call: call, path: path, plan: SweepPlan(of: document, with: overrides), out: call[out],
                shard: call[shard], shares: Shares(jobs: call[jobs], threads: call.threads),
                joins: call[SweepOptions.join], lease: call[SweepOptions.lease] ?? Int(SavedClaim.usualLease),
                failsFast: call[failFast])
            if call[dryRun] { return try sweeping.describe() }
            if call[printCommands] { return try sweeping.printCommands() }
            if call[SweepOptions.submit] != nil { return try sweeping.submit() }
            return try sweeping.run()
        }
    }
}

extension Shard: Setting {
    package static var format: Format<Shard> {
        Format(
            expecting: "I/N, such as 2/8, with I from 1 to N", schema: ["type": "string"],
            parse: { $0.text.flatMap(Shard.init) }, write: { JSON("\($0)") })
    }
}
