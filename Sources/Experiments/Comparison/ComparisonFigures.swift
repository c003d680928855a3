import Reporting
import Schema

extension ComparisonColumn {
    /// What came of runs, the most telling first; scripts find every column, tables show those that tell something.
    static func figures(of runs: [SavedRun], smoothing: Double) -> [ComparisonColumn] {
        let trained = runs.filter { $0.curves.epochs > 0 }
        let isMixed = Set(trained.map(\.curves.isValidated)).count > 1
        // Where all were measured alike, the titles say on what; where not, a column does.
        let on = isMixed ? "" : trained.first?.curves.isValidated == true ? "val " : "train "
        let measuredOn = runs.map { run in
            run.curves.epochs > 0 ? (run.curves.isValidated ? "validation" : "training") : nil
        }
        return [
            figure("test_accuracy", "test accuracy", .descending, runs, { $0.test?.accuracy }, accuracyWithError),
            figure("test_accuracy_standard_error", "±", .ascending, isInTable: false, runs) { $0.test?.accuracyError },
            figure("best_accuracy", "best \(on)acc", .descending, runs) { $0.curves.decisive.accuracy.max() },
            figure("last_accuracy", "last \(on)acc", .descending, runs) { $0.curves.decisive.accuracy.last },
            figure("smoothed_accuracy", "smoothed", .descending, runs) { run in
                smoothed(run.curves.decisive.accuracy, weight: smoothing).last
            },
            figure("best_loss", "best \(on)loss", .ascending, runs) { $0.curves.decisive.loss.min() },
            figure("last_loss", "last \(on)loss", .ascending, runs) { $0.curves.decisive.loss.last },
            words("measured_on", "measured on", isInTable: isMixed, measuredOn),
            figure("test_loss", "test loss", .ascending, runs) { $0.test?.loss },
            counts("parameters", "parameters", runs.map(\.parameters)) { grouped(runs[$0].parameters ?? 0) },
            counts("epochs", "epochs", runs.map(\.curves.epochs)) { epochs(of: runs[$0]) },
            figure("seconds", "time", .ascending, runs, { $0.seconds }, { _, seconds in duration(seconds) }),
            words("state", "state", isInTable: runs.contains { $0.state != .finished }, runs.map(\.state.rawValue)),
            words("verdict", "expected", runs.map(\.verdict)),
        ]
    }

    private static func figure(
        _ key: String, _ title: String, _ direction: Direction, isInTable: Bool = true, _ runs: [SavedRun],
        _ value: (SavedRun) -> Double?, _ text: (SavedRun, Double) -> String = { metric($1) }
    ) -> ComparisonColumn {
        ComparisonColumn(
            key, title, direction, isNumber: true, isInTable: isInTable,
            values: runs.map { run in value(run).map { JSON(.number($0)) } },
            texts: runs.map { run in value(run).map { text(run, $0) } ?? absent })
    }

    private static func counts(
        _ key: String, _ title: String, _ counts: [Int?], _ text: (_ run: Int) -> String
    ) -> ComparisonColumn {
        ComparisonColumn(
            key, title, isNumber: true, values: counts.map { $0.map { JSON(.integer($0)) } },
            texts: counts.indices.map { counts[$0] == nil ? absent : text($0) })
    }

    private static func words(
        _ key: String, _ title: String, isInTable: Bool = true, _ words: [String?]
    ) -> ComparisonColumn {
        ComparisonColumn(key, title, isInTable: isInTable, values: words.map { $0.map { JSON(.string($0)) } })
    }
}

/// `97.94 ± 0.14 %`
private func accuracyWithError(_ run: SavedRun, _ accuracy: Double) -> String {
    let error = run.test?.accuracyError.map { " ± \(fixed($0 * 100, digits: 2))" }
    return fixed(accuracy * 100, digits: 2) + (error ?? "") + " %"
}

/// `7/15` for a run that has not come to its end.
private func epochs(of run: SavedRun) -> String {
    guard let planned = run.plannedEpochs, planned != run.curves.epochs else { return "\(run.curves.epochs)" }
    return "\(run.curves.epochs)/\(planned)"
}
