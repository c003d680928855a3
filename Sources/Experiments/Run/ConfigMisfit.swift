import Reporting
import Schema

/// A run that is asked to go on, or to be taken as it is, with another config than its own.
package struct ConfigMisfit: Error, Sendable, CustomStringConvertible {
    /// The run's folder or its checkpoint.
    let path: String
    let differences: [ConfigDifference]
    let remedy: String

    /// Nil where the configs describe the same training; what is expected of it does not count, and where `canGrow` more epochs
    /// do not either.
    init?(_ path: String, was: JSON, is new: JSON, canGrow: Bool, remedy: String) {
        differences = Experiments.differences(between: [was, new]).filter { difference in
            !(canGrow && difference.path == "training.epochs" && difference.isGrowth)
        }
        if differences.isEmpty { return nil }
        self.path = path
        self.remedy = remedy
    }

    /// One line that names the settings: `runs/a: belongs to another config: training.batch_size was 32 and is now 64; …`.
    package var description: String {
        let shown = 5
        let changes = differences.prefix(shown).map { difference in
            "\(displayable(difference.path)) was \(cut(difference.texts[0])) and is now \(cut(difference.texts[1]))"
        }
        let others = differences.count > shown ? [" and \(differences.count - shown) more"] : []
        let phases = differences.contains { $0.path.hasPrefix("training.phases") }
        let hint = phases ? "; a training in phases cannot be made longer" : ""
        return "\(displayable(path)): belongs to another config: "
            + "\(changes.joined(separator: ", "))\(others.joined())\(hint); \(remedy)"
    }

    private func cut(_ text: String) -> String {
        displayable(text.count > 60 ? "\(text.prefix(59))…" : text)
    }
}

extension ConfigDifference {
    /// Whether a number has become greater.
    fileprivate var isGrowth: Bool {
        let numbers = values.compactMap { value in value.flatMap { try? Int(from: $0) } }
        return numbers.count == 2 && numbers[0] < numbers[1]
    }
}
