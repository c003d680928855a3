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

/// A word as a shell reads it back; what a terminal would obey is spelled out.
func shellQuoted(_ word: String) -> String {
    if displayable(word) != word {
        let bytes = word.utf8.map { byte in
            let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
            let digits = String(byte, radix: 8)
            return isPlain
                ? String(UnicodeScalar(byte)) : "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        return "$'\(bytes.joined())'"
    }
    let plain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@+".contains($0) }
    return plain && !word.isEmpty
        ? word
        : "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
}
