import Foundation
import Reporting
import Schema

/// The circumstances of a run: on which machine, and how long it took.
///
/// No metric depends on them, so anything missing is simply left out.
package struct RunCircumstances: Sendable, Equatable {
    /// What its times depend on.
    package struct Machine: Sendable, Hashable {
        /// The processor's name.
        package var cpu: String
        /// The number of threads.
        package var cores: Int?
        /// The version of the tool.
        package var version: String
    }

    /// Nil where a run does not name both processor and version.
    package var machine: Machine?
    /// How many the run computed with.
    package var threads: Int?
    /// How many parameters are learned.
    package var trainable: Int?
    /// Of the epochs, for a run may have been stopped in between.
    package var medianSeconds: Double?

    package init() {}

    /// Whatever a run directory tells.
    init(of directory: String) {
        func document(_ file: RunFile) -> JSON? {
            (try? readFile("\(directory)/\(file.rawValue)")).flatMap { try? JSON(parsing: $0) }
        }
        let provenance = document(.provenance)
        threads = provenance?["threads"].flatMap { try? Int(from: $0) }
        if let cpu = provenance?["cpu"]?.text, let version = provenance?["tool"]?["version"]?.text {
            machine = Machine(cpu: cpu, cores: provenance?["cores"].flatMap { try? Int(from: $0) }, version: version)
        }
        trainable = document(.summary)?["parameters"]?["trainable"].flatMap { try? Int(from: $0) }.flatMap {
            (0...ReportedRow.mostParameters).contains($0) ? $0 : nil
        }
        if let bytes = try? readFile("\(directory)/\(RunFile.timings.rawValue)"),
            let table = try? CSV(parsing: String(decoding: bytes, as: UTF8.self)),
            let seconds = try? table.numbers(in: "seconds")
        {
            medianSeconds = median(seconds)
        }
    }
}

/// The middle of some numbers, or the mean of the two in the middle; nil of none.
func median(_ numbers: [Double]) -> Double? {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
