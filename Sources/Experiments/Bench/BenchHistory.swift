import Foundation
import Reporting
import Schema

/// The benches that were recorded in a file, a document a line; a file with the one document of `bench --json` is one, too.
package struct BenchHistory: Sendable {
    /// In the order in which they were measured.
    package let reports: [BenchReport]

    /// Reads what `bench --record` has appended, or what `bench --json` has written.
    package init(at path: String) throws {
        let text = try readFile(path, atMost: JSON.largestText)
        do {
            reports = try Self.reports(in: text)
        } catch {
            var problems = error
            problems.file = displayable(path)
            throw problems
        }
    }

    private static func reports(in text: [UInt8]) throws(Problems) -> [BenchReport] {
        let lines = text.split(separator: UInt8(ascii: "\n"))
        guard lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "{") }) else {
            return [try BenchReport(reading: JSON(parsing: text))]
        }
        var reports: [BenchReport] = []
        for (number, line) in lines.enumerated() {
            do throws(Problems) {
                reports.append(try BenchReport(reading: JSON(parsing: Array(line))))
            } catch {
                throw Problems(
                    error.list.map { problem in
                        var placed = problem
                        placed.position?.line = number + 1
                        return placed
                    })
            }
        }
        return reports
    }

    /// What a new report is compared with: for each figure the median of the last benches on the same machine with as many
    /// threads, for single ones are noisy; where there is none, the last bench of all.
    package func reference(for report: BenchReport) -> BenchReport {
        let alike = reports.filter { BenchComparison.differences(report, $0).isEmpty }.suffix(Self.most)
        guard let last = alike.last else { return reports[reports.count - 1] }
        var reference = last
        reference.peak = median(alike.map(\.peak)) ?? last.peak
        reference.kernels = report.kernels.compactMap { kernel in
            median(alike.compactMap { $0.figure(like: kernel)?.gflops }).map { gflops in
                KernelFigure(name: kernel.name, shape: kernel.shape, gflops: gflops)
            }
        }
        reference.training = report.training.compactMap { figure in
            let same = alike.compactMap { $0.figure(like: figure) }
            guard let rate = median(same.map(\.imagesPerSecond)), let gflops = median(same.map(\.gflops)) else {
                return nil
            }
            return TrainingFigure(
                config: figure.config, batchSize: figure.batchSize, imagesPerSecond: rate, gflops: gflops)
        }
        return reference
    }

    /// Benches that a median is taken of.
    private static let most = 9

    /// A file that the first report will make.
    private init() { reports = [] }

    /// The history that a report can be appended to: there may be none yet, but nothing else.
    package static func toAppend(at path: String) throws -> BenchHistory {
        FileManager.default.fileExists(atPath: path) ? try BenchHistory(at: path) : BenchHistory()
    }

    /// Writes the file with one more report, which says when it was measured.
    package func append(_ report: BenchReport, to path: String) throws {
        let before = reports.isEmpty ? [] : try readFile(path, atMost: JSON.largestText)
        // One document over many lines, as `bench --json` writes it, becomes a line like the others.
        var text = reports.count == 1 ? Array(try JSON(parsing: before).compact.utf8) : before
        if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
        var document = report.json()
        document["measured"] = JSON(ISO8601DateFormatter().string(from: Date()))
        try AtomicFile.write(text + "\(document.compact)\n".utf8, to: path)
    }
}
