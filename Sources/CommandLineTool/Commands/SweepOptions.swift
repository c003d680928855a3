import Experiments
import Schema

/// The options of `sweep` for several machines and for jobs.
enum SweepOptions {
    static let until = Option(
        "until", "PRECISION", as: Double.format(in: .above(0)),
        "add repeats only until the mean validation accuracy is known within ± PRECISION (95 % interval), at most sweep.repeats "
            + "of them; another metric: --set sweep.until.metric=test_accuracy")
    static let join = Flag(
        "join", "take part in a sweep with others: train what is free, wait for nobody, leave the tables to --collect")
    static let submit = Option(
        "submit", "SCHEDULER", as: Scheduler.format,
        "slurm: submit an array of jobs that trains what is missing, and a job that makes the tables")
    static let tasks = Option(
        "tasks", "N[%M]", as: ArraySize.format,
        "with --submit: the size of the array, and how many may run at a time (default: 16, or fewer for fewer trials)")
    static let status = Flag("status", "show how far a sweep is, named by its config or directory, on any machine")
    static let cancel = Flag(
        "cancel", "cancel the jobs of a sweep, named by its config or directory; what they train is saved")
    static let lease = Option(
        "lease", "SECONDS", as: Int.format(in: 1...86_400),
        "how long a process of another machine may be silent before its trial is taken over (default: 120)")

    static let all: [any AnyOption] = [until, join, submit, tasks, status, cancel, lease]

    /// What can be submitted to.
    enum Scheduler: String, CaseIterable, Setting { case slurm }

    /// Refuses what belongs to `--submit` where that is missing.
    static func check(_ call: Call) throws {
        guard call[submit] == nil else { return }
        if !call.handedOn.isEmpty { throw call.misuse("only --submit takes options after --", remedy: "leave -- out") }
        if call[tasks] != nil { throw call.misuse("--tasks can only be used with --submit") }
    }
}

extension ArraySize: Setting, CustomStringConvertible {
    package var description: String { "\(count)" + (limit.map { "%\($0)" } ?? "") }

    package static var format: Format<ArraySize> {
        Format(
            expecting: "N or N%M, such as 20%4, with N and M from 1 to 100000", schema: ["type": "string"],
            parse: { $0.text.flatMap(ArraySize.init) }, write: { JSON("\($0)") })
    }
}
