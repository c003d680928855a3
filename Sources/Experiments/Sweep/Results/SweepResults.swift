import Reporting
import Schema

/// The results of a sweep's trials, finished or not.
package struct SweepResults: Sendable {
    package enum Standing: Sendable, Equatable {
        case finished
        /// Halving has stopped it.
        case stopped
        /// The repeats before it were enough.
        case unneeded
        case failed(String)
        case unfinished

        /// The word for it in tables.
        package var word: String {
            switch self {
            case .finished: "finished"
            case .stopped: "stopped"
            case .unneeded: "not needed"
            case .failed: "failed"
            case .unfinished: "unfinished"
            }
        }
    }

    /// A trial with its figures.
    package struct Row: Sendable {
        package let trial: SweepTrial
        /// Does not follow from the trial's folder alone, because halving compares all trials.
        package let standing: Standing
        /// For a trial that was stopped, the state that halving saw.
        package let state: TrialState
    }

    /// The experiment's name.
    package let name: String
    /// The sweep's config.
    package private(set) var config: ExperimentConfig
    /// In the order of the plan.
    package let rows: [Row]
    /// Whether any trial has images to be validated with.
    let validates: Bool
    /// Whether the images that rank combinations are those that judge them, too.
    let choosesByTestImages: Bool

    /// Reads whatever trials exist. Whether they meet what is expected is open as long as baselines are not read.
    package init(_ record: SweepRecord, in directory: SweepDirectory) throws {
        try self.init(record) { try TrialState(of: $0, in: directory.folder(of: $0)) }
    }

    init(_ record: SweepRecord, state: (SweepTrial) throws -> TrialState) throws {
        name = record.name
        config = try record.settings()
        validates = record.validates
        choosesByTestImages = record.validatesOnTest
        let states = try record.trials.map(state)
        var groups = [[TrialState]](repeating: [], count: (record.trials.map(\.group).max() ?? 0) + 1)
        for (trial, state) in zip(record.trials, states) { groups[trial.group].append(state) }
        let targets = HalvingCourse(config.sweep?.halving, epochs: record.epochs, groups: groups).targets
        let needs = RepeatCourse(
            config.sweep?.until, metric: Experiments.metricOfPrecision(config.sweep?.until, validates: validates),
            trials: record.trials, states: states
        ).needs
        rows = zip(zip(record.trials, states), needs).map { both, need in
            let (trial, state) = both
            // Even if it was trained once: what is there must not depend on what was asked for before.
            if need == .unneeded { return Row(trial: trial, standing: .unneeded, state: .missing) }
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

    /// The same with the figures of the runs that the config's expectations name.
    package func readingBaselines() throws(BaselineError) -> SweepResults {
        var results = self
        results.config.expect = try config.expect.readingBaselines()
        return results
    }

    /// What a sweep's `until` is about.
    var metricOfPrecision: Metric { Experiments.metricOfPrecision(config.sweep?.until, validates: validates) }

    /// Whether nothing is left to run.
    package var isComplete: Bool { !rows.contains { $0.standing == .unfinished } }

    /// What is varied, in the order of columns.
    var paths: [String] { config.sweep?.paths ?? [] }

    /// Whether a column for it tells anything.
    var hasFolds: Bool { config.sweep?.folds != nil }

    /// The metrics that there are with this config.
    var metrics: [Metric] {
        Metric.allCases.filter { validates || !$0.needsValidation }
    }

    /// `trials.csv`: the same bytes however the sweep was run, because it contains no times.
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
