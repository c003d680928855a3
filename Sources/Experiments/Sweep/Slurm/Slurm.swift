import Reporting

/// Slurm, by way of its commands.
package enum Slurm {
    /// A job that has been accepted.
    package struct Submitted: Sendable, Equatable {
        package let number: String
        package let cluster: String?
    }

    /// A job or a task of an array that Slurm has not finished with.
    package struct Queued: Sendable, Equatable {
        package let job: SlurmJob
        /// In Slurm's words: `RUNNING`, `PENDING`, `COMPLETING`, …
        package let state: String
        /// Empty before it runs.
        package let node: String
        /// Why it does not run.
        package let reason: String
        /// Nil for the cluster that Slurm's commands turn to.
        let cluster: String?

        /// Whether it will end without being told to do anything more.
        package var isEnding: Bool { state == "COMPLETING" }
    }

    /// Refuses a machine from which nothing can be submitted.
    package static func checkForSubmitting() throws(SlurmError) {
        guard ProgramCall.place(of: "sbatch") != nil else { throw .missing("sbatch") }
    }

    /// Submits a script.
    package static func submit(_ script: String, _ options: [String] = []) throws -> Submitted {
        let call = try call("sbatch", ["--parsable"] + options + [script])
        let parts = call.output.split(separator: "\n").last?.split(separator: ";").map(String.init) ?? []
        guard let number = parts.first, number.allSatisfy(\.isNumber) else {
            throw SlurmError.failed("sbatch", said: "it printed no job number: \(call.output)")
        }
        return Submitted(number: number, cluster: parts.count > 1 ? parts[1] : nil)
    }

    /// What is left of some submissions; what has ended is not in it.
    package static func queue(_ submissions: [SlurmJobs.Submission]) throws -> [Queued] {
        let clusters = Dictionary(grouping: submissions, by: \.cluster).sorted { ($0.key ?? "") < ($1.key ?? "") }
        return try clusters.flatMap { cluster, submissions -> [Queued] in
            let numbers = submissions.flatMap(\.numbers).joined(separator: ",")
            let call: ProgramCall
            do {
                call = try self.call("squeue", option(cluster) + ["-h", "-r", "-o", "%F|%K|%T|%N|%r", "-j", numbers])
            } catch SlurmError.failed(_, let said) where said.contains("Invalid job id") {
                // A single job that has ended is as unknown as one that never was.
                return []
            }
            return call.output.split(separator: "\n").compactMap { Queued($0, cluster: cluster) }
        }
    }

    /// Ends whole jobs with all of their tasks; what they are training is saved. Returns their numbers.
    package static func cancel(_ queued: [Queued]) throws -> [String] {
        let clusters = Dictionary(grouping: queued, by: \.cluster).sorted { ($0.key ?? "") < ($1.key ?? "") }
        return try clusters.flatMap { cluster, queued -> [String] in
            let numbers = Set(queued.compactMap { Int($0.job.number) }).sorted().map(String.init)
            _ = try call("scancel", option(cluster) + numbers)
            return numbers
        }
    }

    private static func option(_ cluster: String?) -> [String] { cluster.map { ["--clusters=\($0)"] } ?? [] }

    private static func call(_ name: String, _ arguments: [String]) throws -> ProgramCall {
        guard let call = try ProgramCall(name, arguments) else { throw SlurmError.missing(name) }
        guard call.status == 0 else {
            throw SlurmError.failed(name, said: call.messages.isEmpty ? "code \(call.status)" : call.messages)
        }
        return call
    }
}

extension Slurm.Queued {
    /// Reads a line of `squeue`: `12|3|RUNNING|node1|None`.
    init?(_ line: Substring, cluster: String? = nil) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
            String($0.drop { $0 == " " })
        }
        guard fields.count >= 5, !fields[0].isEmpty, fields[0].allSatisfy(\.isNumber) else { return nil }
        job = SlurmJob(number: fields[0], task: Int(fields[1]))
        state = fields[2]
        node = fields[3]
        reason = fields[4]
        self.cluster = cluster
    }
}

/// Why something could not be asked of Slurm.
package enum SlurmError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such program.
    case missing(String)
    /// The program said so.
    case failed(String, said: String)

    package var description: String {
        switch self {
        case .missing(let name):
            "\(name) was not found, so this machine cannot talk to Slurm; go to a login node of the cluster, "
                + "or load its module"
        case .failed(let name, let said):
            // Most of Slurm's messages begin with the program's name already.
            (said.hasPrefix(name) ? "" : "\(name): ")
                + displayable(said.split(separator: "\n").joined(separator: "; "))
        }
    }
}
