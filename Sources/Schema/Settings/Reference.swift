// The config reference of the documentation, from the same descriptions that read the config.

extension Described {
    /// A Markdown section: heading, summary, and a table of keys with what they may be, their default and meaning.
    package static func reference(level: Int = 3) -> String {
        var lines = ["\(String(repeating: "#", count: level)) \(name)", "", summary]
        let keys = keyReferences
        guard !keys.isEmpty else { return lines.joined(separator: "\n") + "\n" }
        lines += ["", "| key | value | default | meaning |", "|---|---|---|---|"]
        for key in keys {
            let standard = key.isRequired ? "required" : key.standard.map { "`\($0)`" } ?? "its own"
            let cells = ["`\(key.name)`", key.expectation, standard, key.summary]
            lines.append("| \(cells.map { escaped($0) }.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What there is to say about every key.
    package static var keyReferences: [KeyReference] {
        let defaults = Self()
        return fields.map { field in
            KeyReference(
                name: field.name, expectation: field.expectation, isRequired: field.isRequired,
                standard: field.isRequired ? nil : shown(default: field.write(defaults)), summary: field.summary)
        }
    }
}

/// What there is to say about a key of a described type.
package struct KeyReference: Sendable {
    package let name: String
    /// What the value may be, in words.
    package let expectation: String
    package let isRequired: Bool
    /// The value where the key is left out; nil where it is required, or too long to be shown.
    package let standard: String?
    package let summary: String
}

extension Family {
    /// One section for each type.
    package func reference(level: Int = 3) -> String {
        types.map { $0.reference(level: level) }.joined(separator: "\n")
    }
}

/// A default as a table cell can show it: what has a type by its name, what has many keys not at all.
private func shown(default json: JSON) -> String? {
    let longest = 40
    if let type = json["type"]?.text { return type }
    let text = json.compact
    return text.utf8.count > longest ? nil : text
}

/// A text that cannot end its table cell.
private func escaped(_ cell: String) -> String { cell.escaping("|", as: "\\|") }
