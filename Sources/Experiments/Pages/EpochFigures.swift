import Reporting
import Training

/// The figures of one epoch as tables show them, counted from one.
struct EpochFigures {
    let epoch: Int
    private let record: EpochRecord

    init(_ record: EpochRecord) {
        epoch = record.epoch + 1
        self.record = record
    }

    static func table(
        _ caption: String, _ rows: [(name: String, figures: EpochFigures)], isValidated: Bool, isSortable: Bool = true
    ) -> PageTable {
        let validation: [TextTable.Column] =
            isValidated ? [.right("validation loss"), .right("validation accuracy")] : []
        return PageTable(
            caption,
            [isSortable ? .right("epoch") : "epoch", .right("loss"), .right("accuracy")] + validation + [
                .right("learning rate")
            ],
            rows: rows.map { name, figures in
                let record = figures.record
                let losses = [record.loss, record.accuracy].map(metric)
                let validated = [record.validation?.loss, record.validation?.accuracy].map { $0.map(metric) ?? absent }
                return
                    ([name] + losses + (isValidated ? validated : [])
                    + [significant(record.learningRate, digits: 6)]).map { PageTable.Cell($0) }
            }, isSortable: isSortable)
    }
}
