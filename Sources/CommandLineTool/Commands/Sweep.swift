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
    private static let join = Flag(
        "join", "take part in a sweep with others: train what is free, wait for nobody, leave the tables to --collect")
    private static let submit = Option(
        "submit", "SCHEDULER", as: Scheduler.format,
        "slurm: submit an array of jobs that trains what is missing, and one that makes the tables; what follows -- are options of sbatch")
    private static let status = Flag("status", "show how far a sweep is, named by its config or directory, on any machine")
    private static let cancel = Flag(
        "cancel", "cancel the jobs of a sweep, named by its config or directory; what they train is saved")
    private static let lease = Option(
        "lease", "SECONDS", as: Int.format(in: 1...86_400),
        "how long a process of another machine may be silent before its trial is taken over (default: 120)")
    private static let failFast = Flag("fail-fast", "stop when a trial fails")

    static let sweep = Command(
        "sweep", "run every trial of the config's \"sweep\"",
        arguments: [
            .optional(
                "CONFIG",
                "the experiment with its sweep, or - for standard input; none with --collect; "
                    + "with --status and --cancel also a sweep's directory")
        ],
        handsOn: .any("SBATCH_OPTION", "with --submit: options of sbatch, such as --partition=short"),
        options: [
            out, dryRun, jobs, Common.threads, shard, join, collect, printCommands, submit, Sweeping.tasks, status, cancel, lease,
            failFast,
        ] + Common.configuration + Common.location + [Common.noPictures, Common.progress, Common.quiet, Common.json],
        examples: [
            Example("sweep configs/sweep.json --dry-run", "which trials there are, and how long they would take"),
            Example("sweep configs/sweep.json", "run them, or those that are missing"),
            Example("sweep configs/sweep.json --shard 2/8", "the second of eight parts"),
            Example("sweep --collect runs/sweep", "the tables, from whatever is there"),
            Example("sweep configs/sweep.json --submit slurm -- --time=1:00:00", "on a cluster, as an array of jobs"),
            Example("sweep --status runs/sweep", "how far it is"),
        ]
    ) { call in
        if !call.handedOn.isEmpty, call[submit] == nil {
            throw call.misuse("only --submit takes options after --", remedy: "leave -- out")
        }
        if let size = call[Sweeping.tasks], call[submit] == nil {
            throw call.misuse("--tasks \(size) means something with --submit only")
        }
        if call[status] { return try SweepJobs(call, out: call[out]).show() }
        if call[cancel] { return try SweepJobs(call, out: call[out]).cancel() }
        if let directory = call[collect] {
            if let config = call.operands.first {
                throw call.misuse("--collect takes no config, so \(quoted(config)) is one too many")
            }
            return try Sweeping.collect(directory, for: call)
        }
        guard let path = call.operands.first else { throw call.misuse("missing argument CONFIG") }
        let (document, overrides) = try call.loadDocument(path)
        let sweeping = try Sweeping(
            call: call, path: path, plan: SweepPlan(of: document, with: overrides), out: call[out], shard: call[shard],
            shares: Shares(jobs: call[jobs], threads: call.threads), joins: call[join],
            lease: call[lease] ?? Int(SavedClaim.usualLease), failsFast: call[failFast])
        if call[dryRun] { return try sweeping.describe() }
        if call[printCommands] { return try sweeping.printCommands() }
        if call[submit] != nil { return try sweeping.submit() }
        return try sweeping.run()
    }
}

/// What sweeps can be submitted to.
private enum Scheduler: String, CaseIterable, Setting { case slurm }

extension ArraySize: Setting, CustomStringConvertible {
    package var description: String { "\(count)" + (limit.map { "%\($0)" } ?? "") }

    package static var format: Format<ArraySize> {
        Format(
            expecting: "N or N%M, such as 20%4, with N and M from 1 to 100000", schema: ["type": "string"],
            parse: { $0.text.flatMap(ArraySize.init) }, write: { JSON("\($0)") })
    }
}

extension Shard: Setting {
    package static var format: Format<Shard> {
        Format(
            expecting: "I/N, such as 2/8, with I from 1 to N", schema: ["type": "string"],
            parse: { $0.text.flatMap(Shard.init) }, write: { JSON("\($0)") })
    }
}
