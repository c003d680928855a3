import Reporting
import Schema

extension SweepResults {
    /// Writes the tables.
    package func write(in directory: SweepDirectory) throws {
        try AtomicFile.write(trialsCSV, to: "\(directory.path)/\(SweepFile.trials.rawValue)")
    }

    /// For people.
    package func text(width: Int, shard: Shard? = nil) -> String {
        let shown = rows.enumerated().filter { shard?.contains($0.offset) ?? true }.map(\.element)
        return TextTable(
            ["trial", "state", .right("val_accuracy"), .right("test_accuracy")],
            rows: shown.map { row in
                [row.trial.name, row.standing.word]
                    + [Metric.validationAccuracy, .testAccuracy].map { row.state.value(of: $0).map(metric) ?? absent }
            }
        ).text(width: width)
    }

    /// For programs.
    package func json(in directory: String) -> JSON { ["directory": JSON(directory)] }

    /// What the expectations come to.
    package var verdict: Verdict? { nil }
}

extension TrialState {
    /// The figures of the last epoch that show how good a trial is, by name.
    package var figures: [(name: String, value: Double)] {
        guard let last = history.last else { return [] }
        if let validation = last.validation {
            return [("val_accuracy", validation.accuracy), ("val_loss", validation.loss)]
        }
        return [("accuracy", last.accuracy), ("loss", last.loss)]
    }
}

/// A value in few words, for the cell of a table.
package func briefly(_ value: JSON) -> String { brief(value) }
