import Exchange
import Foundation
import Training

/// What TensorBoard shows of a run while it trains and afterwards. Events state when they happened, so no two runs
/// write the same bytes.
struct TensorBoardOutput: RunOutput {
    static let files: [RunFile] = [.tensorBoard]

    /// Nil before the run begins.
    private var log: TensorBoardRun?

    private static var now: Double { Date().timeIntervalSince1970 }

    mutating func runBegan(_ run: RunView) throws {
        let history = run.training.state.history
        var log = try TensorBoardRun(in: run.directory.path(of: .tensorBoard), from: history.count)
        let given = [Hyperparameter](
            of: run.resolved, parameters: run.summary.parameterCount, in: run.directory.path)
        try log.begin(given, time: Self.now)
        try log.catchUp(with: history, time: Self.now)
        self.log = log
    }

    mutating func epochEnded(_ run: RunView) throws {
        guard let epoch = run.training.state.history.last else { return }
        try log?.add(epoch, .histograms(run.training.parameters, run.training.values), time: Self.now)
    }

    mutating func trainingEnded(_ outcome: TrainingOutcome, _ run: RunView) throws {
        guard case .diverged = outcome else { return }
        try log?.end([], isSuccess: false, after: run.training.state.history.count, time: Self.now)
    }

    mutating func finished(_ result: RunResult, _ run: RunView) throws {
        let state = TrialState(history: result.history, test: result.test, failure: nil, attempts: 1)
        var values = [SummaryValue].results(state)
        if run.hasPictures {
            let confusion = ConfusionPicture(
                name: run.config.name, counts: result.classes.confusion, classes: result.classes.names)
            values += try Inspection(run, result.verdicts)
                .tensorBoardPictures(confusion: confusion, withMistakes: true)
        }
        try log?.end(values, isSuccess: true, after: result.history.count, time: Self.now)
    }
}

extension RunFile {
    /// A folder.
    package static let tensorBoard = RunFile(rawValue: "tensorboard")
}
