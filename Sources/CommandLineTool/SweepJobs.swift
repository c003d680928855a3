import Datasets
import Experiments
import Foundation
import Reporting
import Schema

/// `sweep --status` and `sweep --cancel`: looking after a sweep that jobs are training.
struct SweepJobs {
    private let call: Call
    private let directory: String

    /// The sweep that the call names by its config or by its directory.
    init(_ call: Call, out: String?) throws {
        self.call = call
        guard let path = call.operands.first else {
            guard let out else { throw call.misuse("name a sweep by its config or its directory") }
            directory = out
            return
        }
        if isFolder(path) {
            directory = path
        } else {
            directory = try out ?? "runs/\(call.loadConfig(path).config.name)"
        }
    }

    /// How far it is.
    func show() throws -> ExitCode {
        try check()
        let jobs = try SlurmJobs(in: directory)
        var queue: [Slurm.Queued]?
        // Without Slurm's word there is still that of the files.
        if !jobs.submissions.isEmpty {
            do { queue = try Slurm.queue(jobs.submissions) } catch { call.warn(Problems([Problem("\(error)")])) }
        }
        let status = try SweepStatus(in: directory, queue: queue)
        call.print(json: status.json, text: status.text(width: call.console.tableWidth))
        return .success
    }

    /// Ends its jobs, which save what they train.
    func cancel() throws -> ExitCode {
        try check()
        let jobs = try SlurmJobs(in: directory)
        let queue = try jobs.submissions.isEmpty ? [] : Slurm.queue(jobs.submissions)
        let numbers = try Slurm.cancel(queue.filter { !$0.isEnding })
        call.print(
            json: ["directory": JSON(directory), "cancelled": JSON(numbers)],
            text: numbers.isEmpty
                ? "no job of \(displayable(directory)) is running or waiting\n"
                : "cancelled \(numbers.count == 1 ? "job" : "jobs") \(numbers.joined(separator: ", ")); "
                    + "what was being trained is saved, and --submit goes on\n")
        return .success
    }

    private func check() throws {
        guard FileManager.default.fileExists(atPath: "\(directory)/\(SweepFile.record.rawValue)") else {
            throw SweepMissing(path: directory)
        }
    }
}
