import Exchange
import Reporting

extension HyperparameterTable {
    /// The columns of a sweep: what varies, then what comes of it.
    init(_ sweep: SweepRecord) throws {
        let config = try sweep.settings()
        let titles = shortPathTitles(config.sweep?.paths ?? [])
        let given = sweep.trials.flatMap { [Hyperparameter]($0) }
        let columns = distinct(given.map(\.name)).map { name in
            let values = distinct(given.filter { $0.name == name }.map(\.value))
            return Column(name, title: titles[name] ?? name, values: values)
        }
        self.init(columns, [Metric](isValidated: sweep.validates))
    }
}

/// Each element once, in the order in which they come.
private func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var known: Set<Element> = []
    return elements.filter { known.insert($0).inserted }
}

extension SweepRecord {
    /// Declares the table's columns in a folder, the same bytes whenever it is done.
    package func declareForTensorBoard(in folder: String) throws {
        try makeFolder(folder)
        let file = "\(folder)/events.out.tfevents.0000000000.sweep.0.0"
        let content = Event.file([Event([try HyperparameterTable(self).summary], step: 0, time: 0)])
        // TensorBoard may be reading it.
        if (try? readFile(file)) != content { try AtomicFile.write(content, to: file) }
    }
}

extension [HyperparameterTable.Metric] {
    fileprivate init(isValidated: Bool) {
        let results = Metric.results(isValidated: isValidated).map { metric in
            HyperparameterTable.Metric(
                metric.resultTag, title: metric.rawValue, isOfValidation: metric.needsValidation)
        }
        let last: [Metric] = (isValidated ? [.validationAccuracy, .validationLoss] : []) + [.accuracy, .loss]
        self =
            results
            + last.map { metric in
                HyperparameterTable.Metric(
                    "epoch_\(metric.quantity.rawValue)",
                    run: metric.needsValidation ? TensorBoardRun.validationName : TensorBoardRun.trainingName,
                    title: metric.rawValue, isOfValidation: metric.needsValidation)
            }
    }
}
