import Foundation
import Reporting

/// Submits the missing trials of a sweep to Slurm, so that neither trials nor jobs are doubled.
package struct SweepQueue {
    private let plan: SweepRecord
    private let directory: String

    /// A sweep that is to be trained in a directory.
    package init(plan: SweepRecord, directory: String) {
        self.plan = plan
        self.directory = directory
    }

    /// The lines that the jobs' scripts run.
    package struct Commands: Sendable {
        let training, collecting: String

        package init(training: String, collecting: String) {
            self.training = training
            self.collecting = collecting
        }
    }

    package enum Outcome: Sendable, Equatable {
        case nothingMissing
        /// As many tasks as are wanted are running or waiting already.
        case enoughQueued(jobs: [String], tasks: Int)
        case submitted(array: String, tasks: Int, collector: String, missing: Int)
    }

    /// Refuses a plan while jobs are queued for another.
    package func check() throws {
        guard FileManager.default.fileExists(atPath: "\(directory)/\(SweepFile.record.rawValue)"),
            try !SweepRecord(in: directory).isSameWork(as: plan), try !queuedTasks(of: SlurmJobs(in: directory)).isEmpty
        else { return }
        throw SweepDirectoryError.inUse(directory)
    }

    /// Submits as many tasks as are missing from the size that is wanted; `prepare` is called before, and only if there are any.
    package func submit(
        size: ArraySize, options: SbatchOptions, commands: Commands, preparing prepare: () throws -> Void = {}
    ) throws -> Outcome {
        var jobs = try SlurmJobs(in: directory)
        let status = try SweepStatus(in: directory)
        let missing = status.missing + status.failed.count + status.running.count { !$0.isLost }
        guard missing > 0 else { return .nothingMissing }
        let queued = try queuedTasks(of: jobs)
        let count = size.atMost(missing).count - queued.count
        let active = Set(queued.map(\.job.number))
        guard count > 0 else { return .enoughQueued(jobs: active.sorted(), tasks: queued.count) }

        try prepare()
        let folder = SlurmJobs.folder(in: directory)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = SlurmScript(
            name: plan.name, folder: FileManager.default.currentDirectoryPath, logs: folder, options: options)
        let size = ArraySize(count: count, limit: size.limit)
        try AtomicFile.write(script.training(commands.training, size: size), to: "\(folder)/train.sh")
        try AtomicFile.write(script.collecting(commands.collecting), to: "\(folder)/collect.sh")

        let array = try Slurm.submit("\(folder)/train.sh")
        // Recorded at once: what is recorded can be seen and cancelled, whatever happens to the second job.
        jobs.submissions.append(.init(array: array.number, tasks: count, cluster: array.cluster))
        try jobs.write(in: directory)
        let before = (active.sorted() + [array.number]).joined(separator: ":")
        let collector = try Slurm.submit("\(folder)/collect.sh", ["--dependency=afterany:\(before)"]).number
        jobs.submissions[jobs.submissions.count - 1].collector = collector
        try jobs.write(in: directory)
        return .submitted(array: array.number, tasks: count, collector: collector, missing: missing)
    }

    /// The tasks of the sweep's arrays that will still take trials.
    private func queuedTasks(of jobs: SlurmJobs) throws -> [Slurm.Queued] {
        guard !jobs.submissions.isEmpty else { return [] }
        let arrays = Set(jobs.submissions.map(\.array))
        return try Slurm.queue(jobs.submissions).filter { arrays.contains($0.job.number) && !$0.isEnding }
    }
}
