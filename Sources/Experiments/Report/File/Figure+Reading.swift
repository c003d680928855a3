import Schema

extension Figure {
    /// What keeps a text from naming a figure.
    struct Fault: Error {
        let message: String
        let remedy: String?
    }

    /// Parses `val_accuracy`, `val_accuracy@3` and `val_accuracy@kept`.
    init(parsing text: String) throws(Fault) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let quantity = Quantity(rawValue: parts[0]) else {
            let names = Quantity.allCases.map(\.rawValue)
            throw Fault(message: "unknown figure \(quoted(parts[0]))", remedy: remedy(for: parts[0], among: names))
        }
        self.quantity = quantity
        guard parts.count == 2 else {
            place = nil
            return
        }
        guard quantity.isOfOneEpoch else {
            throw Fault(
                message: "\(quantity.rawValue) is no figure of a single epoch", remedy: "leave out \"@\(parts[1])\"")
        }
        guard let place = EpochPlace(parts[1]) else {
            throw Fault(message: "\(quoted(parts[1])) is no epoch", remedy: EpochPlace.remedy)
        }
        self.place = place
    }

    /// As it is written in a file.
    package var name: String { quantity.rawValue + (place.map { "@\($0)" } ?? "") }
}

/// A string: `"val_accuracy@1"`.
extension Figure: Setting {
    package static var format: Format<Figure> {
        Format(
            expecting: "a figure, such as \"val_accuracy\" or \"loss@1\"",
            schema: { _ in ["type": "string"] },
            read: { place, problems in
                guard let text = String.format.read(place, &problems) else { return nil }
                do throws(Fault) {
                    return try Figure(parsing: text)
                } catch {
                    problems.append(place.problem(error.message, remedy: error.remedy))
                    return nil
                }
            },
            write: { JSON($0.name) })
    }
}

extension EpochPlace: CustomStringConvertible {
    static let remedy = "write \"last\", \"kept\" or a number counted from 1"

    /// Nil for text that is not an epoch.
    init?(_ text: String) {
        switch text {
        case "last": self = .last
        case "kept": self = .kept
        default:
            guard let number = Int(text), number >= 1 else { return nil }
            self = .epoch(number)
        }
    }

    /// As it is written in a file.
    package var description: String {
        switch self {
        case .last: "last"
        case .kept: "kept"
        case .epoch(let number): "\(number)"
        }
    }
}

/// A word, or the number of an epoch.
extension EpochPlace: Setting {
    package static var format: Format<EpochPlace> {
        Format(
            expecting: "\"last\", \"kept\" or an epoch counted from 1", schema: ["type": ["string", "integer"]],
            parse: { json in EpochPlace(json.text ?? json.compact) }, write: { JSON("\($0)") })
    }
}
