// The config reference of the documentation, from the same descriptions that read the config.

extension Described {
    /// A Markdown section: heading, summary, and a table of keys with what they may be, their default and meaning.
    package static func reference(level: Int = 3) -> String {
        var lines = ["\(String(repeating: "#", count: level)) \(name)", "", summary]
        let fields = fields
        guard !fields.isEmpty else { return lines.joined(separator: "\n") + "\n" }
        let defaults = Self()
        lines += ["", "| key | value | default | meaning |", "|---|---|---|---|"]
        for field in fields {
            let standard = field.isRequired ? "required" : shown(default: field.write(defaults))
            let cells = ["`\(field.name)`", field.expectation, standard, field.summary]
            lines.append("| \(cells.map { escaped($0) }.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Family {
    /// One section for each type.
    package func reference(level: Int = 3) -> String {
        types.map { $0.reference(level: level) }.joined(separator: "\n")
    }
}

/// A default as a table cell can show it: what has a type by its name, what has many keys not at all.
private func shown(default json: JSON) -> String {
    let longest = 40
    if let type = json["type"]?.text { return "`\(type)`" }
    let text = json.compact
    return text.utf8.count > longest ? "its own" : "`\(text)`"
}

/// A text that cannot end its table cell.
private func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
}
