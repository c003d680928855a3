import Reporting
import Schema

/// One sweep with everything that fits on a screen: how far it is, the best of its trials, and its files.
package struct ShownSweep: Sendable {
    private let listed: ListedRun
    private let results: SweepResults
    private let files: [StoredFile]

    /// Reads a sweep's directory.
    package init(at path: String) throws {
        listed = ListedRun(at: path)
        let found = try SweepResults(SweepRecord(in: path)) { trial in
            try TrialState(of: trial, in: join(join(path, "trials"), trial.name))
        }
        // Without a baseline everything but the verdict can still be told.
        results = (try? found.readingBaselines()) ?? found
        files = storedFiles(in: path).filter { !$0.name.contains("/") }
    }

    /// What is wrong with its files.
    package var faults: [String] { listed.faults }

    /// How many trials are in each state, of those that there are.
    private var states: [(word: String, count: Int)] {
        ["finished", "stopped", "not needed", "failed", "unfinished"].map { word in
            (word, results.rows.count { $0.standing.word == word })
        }
    }

    /// The finished trial with the best figure of what chooses between them.
    private var best: (trial: String, metric: Metric, value: Double)? {
        guard let metric = results.decisive else { return nil }
        let found = results.rows.filter { $0.standing == .finished }.compactMap { row in
            row.state.value(of: metric).map { (trial: row.trial.name, metric: metric, value: $0) }
        }.filter(\.value.isFinite)
        return metric.isAccuracy ? found.max { $0.value < $1.value } : found.min { $0.value < $1.value }
    }

    /// For programs.
    package var json: JSON {
        var json = listed.json
        json["description"] = JSON(results.config.description)
        json["trials"] = JSON(.object(states.map { JSON.Member($0.word, JSON($0.count)) }))
        json["best_trial"] =
            best.map { ["name": JSON($0.trial), "metric": JSON($0.metric.rawValue), "value": JSON($0.value)] }
            ?? JSON(.null)
        json["verdict"] = JSON(results.verdict?.rawValue)
        json["files"] = JSON(.array(files.map { ["name": JSON($0.name), "bytes": JSON($0.bytes)] }))
        return json
    }

    /// For people.
    package var text: String {
        let description = results.config.description.isEmpty ? "" : ": \(results.config.description)"
        let counts = states.filter { $0.count > 0 }.map { "\(grouped($0.count)) \($0.word)" }.joined(separator: ", ")
        var lines = [
            "\(results.name)\(description)", "directory      \(listed.path)",
            "trials         \(grouped(results.rows.count)): \(counts)",
        ]
        if let best {
            lines.append("best           \(best.trial): \(best.metric.rawValue) \(metric(best.value))")
        }
        if let verdict = results.verdict { lines.append("verdict        \(verdict.rawValue)") }
        lines.append("files          " + files.map { "\($0.name) (\(byteSize($0.bytes)))" }.joined(separator: ", "))
        lines.append("size           \(byteSize(listed.bytes)), trials included")
        return lines.map { displayable($0) + "\n" }.joined()
    }
}
