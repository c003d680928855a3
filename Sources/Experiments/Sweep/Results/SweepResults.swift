import Reporting
import Schema

/// What came of a sweep's trials, as far as they have come.
package struct SweepResults: Sendable {
    /// How a trial stands.
    package enum Standing: Sendable, Equatable {
        case finished
        /// By halving.
        case stopped
        case failed(String)
        case unfinished

        /// In tables.
        package var word: String {
            switch self {
            case .finished: "finished"
            case .stopped: "stopped"
            case .failed: "failed"
            case .unfinished: "unfinished"
            }
        }
    }

    /// A trial with its figures.
    package struct Row: Sendable {
        /// As planned.
        package let trial: SweepTrial
        /// Not what its folder says alone: halving decides by all trials.
        package let standing: Standing
        /// As it counts: of a stopped trial no more than halving saw.
        package let state: TrialState
    }

    /// The experiment's.
    package let name: String
    /// What was asked for.
    package let config: ExperimentConfig
    /// In the order of the plan.
    package let rows: [Row]

    /// Reads whatever is there.
    package init(_ record: SweepRecord, in directory: SweepDirectory) throws {
        try self.init(record) { TrialState(of: $0, in: directory.folder(of: $0)) }
    }

    init(_ record: SweepRecord, state: (SweepTrial) -> TrialState) throws {
        name = record.name
        config = try record.settings()
        let states = record.trials.map(state)
        var groups = [[TrialState]](repeating: [], count: (record.trials.map(\.group).max() ?? 0) + 1)
        for (trial, state) in zip(record.trials, states) { groups[trial.group].append(state) }
        let targets = HalvingCourse(config.sweep?.halving, epochs: record.epochs, groups: groups).targets
        rows = zip(record.trials, states).map { trial, state in
            if case .stopped(let epochs) = targets[trial.group], state.failure == nil {
                return Row(trial: trial, standing: .stopped, state: state.stopped(after: epochs))
            }
            if let failure = state.failure { return Row(trial: trial, standing: .failed(failure), state: .missing) }
            // What an unfinished trial has come to says more about when it was looked at than about the trial.
            return state.isFinished
                ? Row(trial: trial, standing: .finished, state: state)
                : Row(trial: trial, standing: .unfinished, state: .missing)
        }
    }

    /// Whether nothing is left to run.
    package var isComplete: Bool { !rows.contains { $0.standing == .unfinished } }

    /// What is varied, in the order of columns.
    var paths: [String] { config.sweep?.paths ?? [] }

    /// Whether a column for it tells anything.
    var hasFolds: Bool { config.sweep?.folds != nil }

    /// The metrics that there are with this config.
    var metrics: [Metric] {
        let isValidated =
            config.dataset.validation != nil || hasFolds || paths.contains { $0.hasPrefix("dataset.validation") }
        return Metric.allCases.filter { isValidated || !$0.needsValidation }
    }

    /// `trials.csv`: the same bytes however the sweep was run, because nothing of a clock is in it.
    package var trialsCSV: String {
        let head = ["trial"] + paths + (paths.contains("seed") ? [] : ["seed"]) + (hasFolds ? ["fold"] : [])
        return CSV(
            header: head + ["state", "epochs"] + metrics.map(\.rawValue) + ["reason"],
            rows: rows.map { row in
                var cells = [row.trial.name] + paths.map { path in cell(row.trial.value(at: path)) }
                if !paths.contains("seed") { cells.append("\(row.trial.seed)") }
                if hasFolds { cells.append(row.trial.fold.map(String.init) ?? "") }
                let isKnown = row.standing == .finished || row.standing == .stopped
                cells += [row.standing.word, isKnown ? "\(row.state.history.count)" : ""]
                cells += metrics.map { metric in row.state.value(of: metric).map { "\($0)" } ?? "" }
                if case .failed(let reason) = row.standing { return cells + [reason] }
                return cells + [""]
            }
        ).text
    }
}
