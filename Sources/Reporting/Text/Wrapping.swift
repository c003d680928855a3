/// Breaks a text between words into lines of at most `width` columns; a longer word gets its own line.
package func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
        if line.isEmpty {
            line = String(word)
        } else if displayWidth(line) + 1 + displayWidth(word) <= width {
            line += " \(word)"
        } else {
            lines.append(line)
            line = String(word)
        }
    }
    return line.isEmpty ? lines : lines + [line]
}

/// The same text with every line that is wider than `width` broken between words. A line that begins with a label and its
/// column of blanks, or with blanks alone, goes on in that column, any other one two columns further in.
package func folded(_ text: String, to width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        displayWidth(line) <= width ? String(line) : hanging(line, to: width)
    }.joined(separator: "\n")
}

private func hanging(_ line: Substring, to width: Int) -> String {
    let label = line.prefixMatch(of: #/ +|\S+( \S+)? {2,}/#).map { line[$0.range] } ?? ""
    let column = label.isEmpty || displayWidth(label) > width / 2 ? 2 : displayWidth(label)
    let rest = column == 2 ? line : line.dropFirst(label.count)
    let first = column == 2 ? "" : String(label)
    let room = max(width - column, 10)
    return wrapped(String(rest), to: room).enumerated().map { index, part in
        index == 0 ? first + part : String(repeating: " ", count: column) + part
    }.joined(separator: "\n")
}
