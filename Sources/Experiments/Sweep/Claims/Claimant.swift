import Foundation
import Schema

/// A process that claims trials: enough for people to find it, and for processes of the same machine to see whether it lives.
package struct Claimant: Sendable, Equatable {
    package let host: String
    package let process: Int
    /// When the process began, in the machine's own ticks: a number that is used again has another beginning.
    let began: String
    /// The machine since it was last started, and the table in which processes have their numbers.
    let machine: String
    /// The job that it belongs to, as Slurm writes it: `12_3`.
    package let job: String?

    init(host: String, process: Int, began: String, machine: String, job: String? = nil) {
        self.host = host
        self.process = process
        self.began = began
        self.machine = machine
        self.job = job
    }

    /// This process.
    package static let current: Claimant = {
        let host = ProcessInfo.processInfo.hostName
        let process = Int(ProcessInfo.processInfo.processIdentifier)
        let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let table = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        let parts = [host, boot?.trimmingCharacters(in: .whitespacesAndNewlines), table].compactMap(\.self)
        return Claimant(
            host: host, process: process, began: beginning(of: process) ?? "",
            machine: parts.count == 3 ? parts.joined(separator: " ") : "", job: SlurmJob.current?.name)
    }()

    /// Whether the process is alive; nil where another machine's cannot be seen.
    func isAlive(seenBy observer: Claimant = .current) -> Bool? {
        guard !machine.isEmpty, machine == observer.machine, !began.isEmpty else { return nil }
        return Self.beginning(of: process) == began
    }

    /// The beginning of a process of this machine; nil if there is none, or only what is left of one that has ended.
    private static func beginning(of process: Int) -> String? {
        guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = line.lastIndex(of: ")")
        else { return nil }
        // What follows the name in parentheses: the state first, the beginning as the twentieth.
        let fields = line[line.index(after: name)...].split(separator: " ")
        guard fields.count > 19, !["Z", "X"].contains(fields[0]) else { return nil }
        return String(fields[19])
    }
}

extension Claimant {
    var json: JSON {
        [
            "host": JSON(host), "process": JSON(process), "began": JSON(began), "machine": JSON(machine),
            "job": JSON(job),
        ]
    }

    init?(_ json: JSON) {
        guard let host = json["host"]?.text, let process = json["process"].flatMap({ try? Int(from: $0) }),
            let began = json["began"]?.text, let machine = json["machine"]?.text
        else { return nil }
        self.init(host: host, process: process, began: began, machine: machine, job: json["job"]?.text)
    }
}
