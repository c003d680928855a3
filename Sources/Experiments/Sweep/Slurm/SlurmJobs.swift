import Foundation
import Reporting
import Schema

/// The jobs that were submitted for a sweep: `jobs.json` in the `slurm` folder of its directory.
package struct SlurmJobs: Sendable, Equatable {
    /// An array of jobs, and the job that makes the tables after it.
    package struct Submission: Sendable, Equatable {
        package let array: String
        package let tasks: Int
        /// Nil where it could not be submitted.
        package var collector: String?
        /// Where the cluster is not the one that Slurm's commands turn to.
        package let cluster: String?

        package init(array: String, tasks: Int, collector: String? = nil, cluster: String? = nil) {
            self.array = array
            self.tasks = tasks
            self.collector = collector
            self.cluster = cluster
        }

        /// All of its jobs.
        var numbers: [String] { [array] + (collector.map { [$0] } ?? []) }
    }

    /// From the first to the last.
    package var submissions: [Submission] = []

    /// Reads what is recorded in a sweep's directory; nothing if there is nothing.
    package init(in directory: String) throws {
        let path = Self.path(in: directory)
        guard FileManager.default.fileExists(atPath: path) else { return }
        var problems = Problems()
        do {
            let json = try JSON(parsing: readFile(path))
            submissions = (json["jobs"]?.elements ?? []).compactMap { job in
                guard let array = job["array"]?.text else { return nil }
                return Submission(
                    array: array, tasks: job["tasks"].flatMap { try? Int(from: $0) } ?? 0,
                    collector: job["collector"]?.text, cluster: job["cluster"]?.text)
            }
            return
        } catch let error as Problems {
            problems = error
        }
        problems.file = path
        throw problems
    }

    package func write(in directory: String) throws {
        let jobs = submissions.map { submission -> JSON in
            [
                "array": JSON(submission.array), "tasks": JSON(submission.tasks),
                "collector": JSON(submission.collector), "cluster": JSON(submission.cluster),
            ]
        }
        let json: JSON = ["jobs": JSON(.array(jobs))]
        try AtomicFile.write(json.pretty, to: Self.path(in: directory))
    }

    /// The folder for scripts, logs and the record.
    package static func folder(in directory: String) -> String { "\(directory)/slurm" }

    private static func path(in directory: String) -> String { "\(folder(in: directory))/jobs.json" }
}
