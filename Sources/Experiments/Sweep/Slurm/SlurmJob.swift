import Foundation

/// A job of Slurm, or one task of an array of jobs.
package struct SlurmJob: Sendable, Hashable {
    /// The number of the job, or of the whole array.
    package let number: String
    /// Which task of an array it is.
    package let task: Int?

    package init(number: String, task: Int? = nil) {
        self.number = number
        self.task = task
    }

    /// As Slurm's commands take it: `12`, or `12_3` for the third task of an array.
    package var name: String { task.map { "\(number)_\($0)" } ?? number }

    /// The job that this process runs in; nil outside of Slurm.
    package static let current = SlurmJob(environment: ProcessInfo.processInfo.environment)

    init?(environment: [String: String]) {
        guard let number = environment["SLURM_JOB_ID"], !number.isEmpty else { return nil }
        let array = environment["SLURM_ARRAY_JOB_ID"]
        task = array == nil ? nil : environment["SLURM_ARRAY_TASK_ID"].flatMap { Int($0) }
        // A task has a number of its own, too, but the first one's is that of the whole array.
        self.number = task == nil ? number : array ?? number
    }
}
