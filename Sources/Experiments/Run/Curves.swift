import Reporting
import Schema
import Training

/// `curves.csv`, as Keras's CSVLogger writes it: columns in the order of the alphabet, numbers that read back exactly.
enum Curves {
    static func text(_ history: [EpochRecord], hasValidation: Bool) -> String {
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

/// `timings.csv`: how long each epoch took, apart from the curves so that those can be compared byte by byte.
struct Timings {
    private(set) var rows: [[String]] = []

    static let header = ["epoch", "seconds", "images_per_second"]

    /// The rows of epochs before one, from a file of an interrupted run.
    init(resuming text: String?, before epoch: Int) {
        guard let text, let csv = try? CSV(parsing: text), csv.header == Self.header else { return }
        rows = csv.rows.filter { row in Int(row[0]).map { $0 < epoch } ?? false }
    }

    mutating func append(epoch: Int, seconds: Double, imagesPerSecond: Double) {
        rows.append(["\(epoch)", fixed(seconds, digits: 6), fixed(imagesPerSecond, digits: 1)])
    }

    /// All epochs together.
    var seconds: Double { rows.compactMap { Double($0[1]) }.reduce(0, +) }

    var text: String { CSV(header: Self.header, rows: rows).text }
}
