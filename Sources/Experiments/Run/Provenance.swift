import Foundation
import Kernels
import Machine
import Schema

/// How and on what machine results were computed: `run.json`. Nothing in it may influence a result.
package struct Provenance: Sendable {
    let version: String
    let command: [String]
    let threads: Grant
    let data: ExperimentData
    let start = Date()

    /// The run begins now.
    package init(version: String, command: [String], threads: Grant, data: ExperimentData) {
        self.version = version
        self.command = command
        self.threads = threads
        self.data = data
        data.beginFingerprints()
    }

    func json(seconds: Double, isFinished: Bool) -> JSON {
        let format = Date.ISO8601FormatStyle()
        return [
            "tool": ["name": "mnist-lab", "version": JSON(version)],
            "command": JSON(command),
            "host": JSON(ProcessInfo.processInfo.hostName),
            "cpu": JSON(Self.processor),
            "cores": JSON(Surroundings.here.processors),
            "threads": JSON(threads.amount),
            "threads_by": JSON("\(threads.giver)"),
            "given": Self.given,
            "peak_bytes": JSON(Surroundings.here.peakBytes),
            "vector_floats": JSON(laneCount),
            "data": [
                "name": JSON(data.name), "origin": JSON(data.origin),
                "sha256": JSON(
                    .object(data.fingerprints.sorted { $0.key < $1.key }.map { JSON.Member($0.key, JSON($0.value)) })),
            ],
            "start": JSON(start.formatted(format)),
            "end": isFinished ? JSON(Date().formatted(format)) : nil,
            "seconds": JSON(seconds),
            "finished": JSON(isFinished),
        ]
    }

    /// What the process was given of the machine, and by whom.
    private static var given: JSON {
        let given = Given.toThisProcess
        return [
            "processors": JSON(given.processors.amount), "processors_by": JSON("\(given.processors.giver)"),
            "memory_bytes": JSON(given.memory.amount), "memory_by": JSON("\(given.memory.giver)"),
        ]
    }

    /// The processor's name, as the operating system reports it.
    static let processor: String = {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    }()
}
