import Exchange
import Reporting
import Training

/// One run as TensorBoard shows it, in the folders that Keras's callback makes: curves and histograms below `train` and
/// `validation`; what concerns the run as a whole above them.
struct TensorBoardRun {
    private var whole: EventLog
    private var training: EventLog
    private var validation: EventLog

    /// Continues what there is of earlier epochs.
    init(in folder: String, from epoch: Int, by writer: EventLog.Writer = EventLog.Writer()) throws(FileError) {
        whole = try EventLog(in: folder, from: epoch, by: writer)
        training = try EventLog(in: "\(folder)/\(Self.trainingName)", from: epoch, by: writer)
        validation = try EventLog(in: "\(folder)/\(Self.validationName)", from: epoch, by: writer)
    }

    static let trainingName = "train", validationName = "validation"

    /// Says what the run was given, unless it was said before.
    mutating func begin(_ given: [Hyperparameter], time: Double) throws(FileError) {
        guard whole.lastStep == nil else { return }
        try whole.append(Event([.sessionStart(given, time: time)], step: 0, time: time))
    }

    /// Adds to each curve the epochs that it lacks, because nobody had asked for TensorBoard yet, or a file was lost.
    mutating func catchUp(with history: [EpochRecord], time: Double) throws(FileError) {
        for epoch in history.dropFirst(training.count) {
            try training.append(Event(epoch.trainingSummaries, step: epoch.epoch, time: time))
        }
        for epoch in history.dropFirst(validation.count) {
            guard let score = epoch.validation else { continue }
            try validation.append(Event(score.summaries, step: epoch.epoch, time: time))
        }
    }

    /// Adds an epoch to the curves, and histograms of its weights where they are known.
    mutating func add(_ epoch: EpochRecord, _ histograms: [SummaryValue] = [], time: Double) throws(FileError) {
        try training.append(Event(epoch.trainingSummaries + histograms, step: epoch.epoch, time: time))
        guard let score = epoch.validation else { return }
        try validation.append(Event(score.summaries, step: epoch.epoch, time: time))
    }

    /// Says what came of the run, and that it is over.
    mutating func end(_ results: [SummaryValue], isSuccess: Bool, after epochs: Int, time: Double) throws(FileError) {
        let values = results + [.sessionEnd(isSuccess: isSuccess, time: time)]
        try whole.append(Event(values, step: epochs, time: time))
    }
}

extension EpochRecord {
    fileprivate var trainingSummaries: [SummaryValue] {
        Score(loss: loss, accuracy: accuracy).summaries + [.scalar("epoch_learning_rate", learningRate)]
    }
}

extension Score {
    fileprivate var summaries: [SummaryValue] { [.scalar("epoch_loss", loss), .scalar("epoch_accuracy", accuracy)] }
}

extension EventLog {
    /// How many epochs earlier files tell of.
    fileprivate var count: Int { lastStep.map { $0 + 1 } ?? 0 }
}
