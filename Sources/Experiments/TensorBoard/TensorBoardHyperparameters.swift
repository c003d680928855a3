import Exchange
import Schema

// What a run was given, for TensorBoard's table: of a sweep's trial what varies, of any other run what its config says.

extension [Hyperparameter] {
    /// Those of the run in a directory.
    init(of config: JSON, parameters: Int, in directory: String) {
        if let note = try? TrialNote(in: directory) {
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
