import Foundation
import Reporting
import Schema
import Training

/// The state of a trial, as read from its folder.
package struct TrialState: Sendable {
    let history: [EpochRecord]
    /// Measured on the test images; nil until the trial is finished.
    let test: Score?
    /// Why it failed; nil unless it did.
    package let failure: String?
    /// See `TrialNote.attempts`.
    let attempts: Int

    /// A trial of which there are no files.
    static let missing = TrialState(history: [], test: nil, failure: nil, attempts: 0)

    /// Whether there is nothing left to do.
    package var isFinished: Bool { test != nil }

    init(history: [EpochRecord], test: Score?, failure: String?, attempts: Int) {
        self.history = history
        self.test = test
        self.failure = failure
        self.attempts = attempts
    }

    /// Reads the folder of a trial; a folder that belongs to another trial counts as missing. A file that cannot be read does
    /// not, because what it holds would be trained again, or decided without.
    init(of trial: SweepTrial, in folder: String) throws(FileError) {
        guard let note = try TrialNote(in: folder), note.trial.digest == trial.digest else {
            self = .missing
            return
        }
        try self.init(in: folder, failure: note.failure, attempts: note.attempts)
    }

    /// Reads the folder of any run.
    init(in folder: String, failure: String? = nil, attempts: Int = 1) throws(FileError) {
        let bytes = try readFileIfThere("\(folder)/\(RunFile.result.rawValue)")
        let result = bytes.flatMap { try? JSON(parsing: $0) }
        let test = result?["test"].flatMap { test -> Score? in
            guard let accuracy = test["accuracy"].flatMap({ try? Double(from: $0) }) else { return nil }
            // A loss that is not finite is written as null.
            return Score(loss: test["loss"].flatMap { try? Double(from: $0) } ?? .nan, accuracy: accuracy)
        }
        self.init(
            history: try Self.history(in: folder), test: test, failure: test == nil ? failure : nil,
            attempts: attempts)
    }

    private static func history(in folder: String) throws(FileError) -> [EpochRecord] {
        guard let bytes = try readFileIfThere("\(folder)/\(RunFile.curves.rawValue)"),
            let table = try? CSV(parsing: String(decoding: bytes, as: UTF8.self)),
            let loss = try? table.numbers(in: "loss"), let accuracy = try? table.numbers(in: "accuracy"),
            let rate = try? table.numbers(in: "learning_rate")
        else { return [] }
        let losses = try? table.numbers(in: "val_loss")
        let accuracies = try? table.numbers(in: "val_accuracy")
        return loss.indices.map { epoch in
            let validation = losses.flatMap { losses in
                accuracies.map { Score(loss: losses[epoch], accuracy: $0[epoch]) }
            }
            return EpochRecord(
                epoch: epoch, loss: loss[epoch], accuracy: accuracy[epoch], learningRate: rate[epoch],
                validation: validation)
        }
    }

    /// The state as it was after so many epochs, when halving stopped it.
    func stopped(after epochs: Int) -> TrialState {
        TrialState(history: Array(history.prefix(epochs)), test: nil, failure: nil, attempts: attempts)
    }

    /// Nil for a metric that is not known yet.
    func value(of metric: Metric) -> Double? {
        if metric.needsEpoch, history.isEmpty { return nil }
        guard test != nil || metric.needsEpoch else { return nil }
        return RunResult.value(of: metric, history: history, test: test ?? Score(loss: .nan, accuracy: .nan))
    }
}
