import Experiments
import Reporting

extension Call {
    /// The command line that applies a command to the same experiment, with all options that decide its config and data; a config
    /// that is resolved has what was to be set in it.
    func commandLine(
        _ command: String, _ config: String, _ others: [String], tool path: String? = nil, isResolved: Bool = false
    ) -> String {
        var words = [path ?? tool.name, command, config]
        if !isResolved {
            for override in self[Common.set] { words += ["--set", override] }
            if let seed = self[Common.seed] { words += ["--seed", "\(seed)"] }
            if let epochs = self[Common.epochs] { words += ["--epochs", "\(epochs)"] }
        }
        if let precision = self[SweepOptions.until] { words += ["--until", "\(precision)"] }
        if let data = self[Common.data] { words += ["--data", data] }
        if self[Common.noPictures] { words += ["--no-pictures"] }
        if self[Common.tensorBoard] { words += ["--tensorboard"] }
        return (words + others).map(shellQuoted).joined(separator: " ")
    }
}
