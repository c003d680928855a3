import Experiments

extension Call {
    /// The command line that applies a command to the same experiment, with all options that decide its config and data.
    func commandLine(_ command: String, _ config: String, _ others: [String], tool path: String? = nil) -> String {
        var words = [path ?? tool.name, command, config]
        for override in self[Common.set] { words += ["--set", override] }
        if let seed = self[Common.seed] { words += ["--seed", "\(seed)"] }
        if let epochs = self[Common.epochs] { words += ["--epochs", "\(epochs)"] }
        if let data = self[Common.data] { words += ["--data", data] }
        if self[Common.noPictures] { words += ["--no-pictures"] }
        if self[Common.tensorBoard] { words += ["--tensorboard"] }
        return (words + others).map(shellQuoted).joined(separator: " ")
    }
}

/// A word as a shell reads it back.
func shellQuoted(_ word: String) -> String {
    let plain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@+".contains($0) }
    return plain && !word.isEmpty
        ? word
        : "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
}
