/// The columns of TensorBoard's table of hyperparameters, declared before there is a row.
package struct HyperparameterTable: Sendable {
    /// Something that trainings are given.
    package struct Column: Sendable {
        let name: String
        let title: String
        /// What some training has, each once.
        let values: [Hyperparameter.Value]

        /// A column with a title that is shorter than the way in the config.
        package init(_ name: String, title: String, values: [Hyperparameter.Value]) {
            self.name = name
            self.title = title
            self.values = values
        }
    }

    /// Something that is measured of each training.
    package struct Metric: Sendable {
        /// The folder of the curve below that of the training; empty for its own.
        let run: String
        let tag: String
        let title: String
        let isOfValidation: Bool

        /// The last value of a curve.
        package init(_ tag: String, run: String = "", title: String, isOfValidation: Bool) {
            self.tag = tag
            self.run = run
            self.title = title
            self.isOfValidation = isOfValidation
        }
    }

    private let columns: [Column]
    private let metrics: [Metric]

    package init(_ columns: [Column], _ metrics: [Metric]) {
        self.columns = columns
        self.metrics = metrics
    }

    /// What declares the table, in a folder above those of all trainings.
    package var summary: SummaryValue {
        var experiment = ProtobufMessage()
        for column in columns { experiment.add(4, column.message) }
        for metric in metrics { experiment.add(5, metric.message) }
        return .hyperparameters("experiment", 2, experiment)
    }
}

extension HyperparameterTable.Column {
    private enum DataType: Int {
        case text = 1
        case flag = 2
        case number = 3
    }

    fileprivate var message: ProtobufMessage {
        var message = ProtobufMessage()
        message.add(1, name)
        message.add(2, title)
        let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
        if let low = numbers.min(), let high = numbers.max(), numbers.count == values.count {
            var interval = ProtobufMessage()
            interval.add(1, low)
            interval.add(2, high)
            message.add(4, DataType.number.rawValue)
            message.add(6, interval)
        } else {
            let areFlags = values.allSatisfy { if case .flag = $0 { true } else { false } }
            var list = ProtobufMessage()
            for value in values { list.add(1, value.message) }
            message.add(4, (areFlags ? DataType.flag : .text).rawValue)
            message.add(5, list)
        }
        message.add(7, values.count > 1 ? 1 : 0)
        return message
    }
}

extension HyperparameterTable.Metric {
    fileprivate var message: ProtobufMessage {
        var name = ProtobufMessage()
        if !run.isEmpty { name.add(1, run) }
        name.add(2, tag)
        var message = ProtobufMessage()
        message.add(1, name)
        message.add(3, title)
        message.add(5, isOfValidation ? 2 : 1)
        return message
    }
}
