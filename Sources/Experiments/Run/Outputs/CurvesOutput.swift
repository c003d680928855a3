import Reporting
import Training

/// One row per epoch, as Keras's CSVLogger writes it: columns in alphabetical order, numbers that read back exactly.
struct CurvesOutput: RunOutput {
    static let files: [RunFile] = [.curves]

    func runBegan(_ run: RunView) throws { try write(run) }
    func epochEnded(_ run: RunView) throws { try write(run) }

    private func write(_ run: RunView) throws {
        let text = Self.text(run.training.state.history, hasValidation: run.config.dataset.validation != nil)
        try run.directory.write(text, to: .curves)
    }

    private static func text(_ history: [EpochRecord], hasValidation: Bool) -> String {
        let header =
            ["epoch", "accuracy", "learning_rate", "loss"] + (hasValidation ? ["val_accuracy", "val_loss"] : [])
        return CSV(
            header: header,
            rows: history.map { record in
                let figures = [record.accuracy, record.learningRate, record.loss]
                let validation = hasValidation ? [record.validation?.accuracy, record.validation?.loss] : []
                return ["\(record.epoch)"] + figures.map { "\($0)" } + validation.map { $0.map { "\($0)" } ?? "" }
            }
        ).text
    }
}

extension RunFile {
    package static let curves = RunFile(rawValue: "curves.csv")
}
