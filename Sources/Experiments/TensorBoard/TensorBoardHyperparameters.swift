import Exchange
import Reporting
import Schema

// What a run was given, for TensorBoard's table: of a sweep's trial what varies, of any other run what its config says.

extension [Hyperparameter] {
    /// Those of the run in a directory.
    init(of config: JSON, parameters: Int, in directory: String) {
        if let note = TrialNote(in: directory) {
            self.init(note.trial)
        } else {
            self = ["dataset", "training", "seed"].flatMap { key in
                config[key].map { hyperparameters($0, at: key) } ?? []
            }
            append(Hyperparameter("parameters", .number(Double(parameters))))
        }
    }

    init(_ trial: SweepTrial) {
        self = trial.values.map { Hyperparameter($0.path, Hyperparameter.Value($0.value)) }
        if trial.value(at: seedPath) == nil { append(Hyperparameter(seedPath, .number(Double(trial.seed)))) }
        if let fold = trial.fold { append(Hyperparameter(foldName, .number(Double(fold)))) }
    }
}

private let seedPath = "seed"
private let foldName = "fold"

/// Single settings by their ways; those that are null say nothing.
private func hyperparameters(_ value: JSON, at path: String) -> [Hyperparameter] {
    if let members = value.members {
        return members.flatMap { hyperparameters($0.value, at: "\(path).\($0.key)") }
    }
    return value.isNull ? [] : [Hyperparameter(path, Hyperparameter.Value(value))]
}

extension Hyperparameter.Value {
    /// Lists and objects in few words.
    init(_ value: JSON) {
        self =
            switch value.content {
            case .integer(let number): .number(Double(number))
            case .number(let number): .number(number)
            case .bool(let flag): .flag(flag)
            default: .text(brief(value))
            }
    }
}

extension HyperparameterTable {
    /// The columns of a sweep: what varies, then what comes of it.
    init(_ sweep: SweepRecord) throws {
        let config = try sweep.settings()
        let titles = shortPathTitles(config.sweep?.paths ?? [])
        var columns: [(name: String, values: [Hyperparameter.Value])] = []
        for parameter in sweep.trials.flatMap({ [Hyperparameter]($0) }) {
            let known = columns.firstIndex { $0.name == parameter.name }
            if known == nil { columns.append((parameter.name, [])) }
            let index = known ?? columns.count - 1
            if !columns[index].values.contains(parameter.value) { columns[index].values.append(parameter.value) }
        }
        self.init(
            columns.map { Column($0.name, title: titles[$0.name] ?? $0.name, values: $0.values) },
            [Metric](isValidated: config.validatesTrials))
    }
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
