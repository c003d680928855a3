/// A cell of a table as Markdown, in which only `**strong**` marks around the whole cell stay marks. What would be no markup,
/// as the underscore of `val_accuracy`, is not escaped, so that the source can be read.
func markdownCell(_ cell: String) -> String {
    let isStrong = cell.hasPrefix("**") && cell.hasSuffix("**") && cell.count > 4
    let scalars = Array((isStrong ? String(cell.dropFirst(2).dropLast(2)) : cell).unicodeScalars)
    var text = ""
    for (index, scalar) in scalars.enumerated() {
        let previous = index > 0 ? scalars[index - 1] : " "
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        if isMarkup(scalar, after: previous, before: next) { text.unicodeScalars.append("\\") }
        text.unicodeScalars.append(scalar)
    }
    return isStrong ? "**\(text)**" : text
}

/// Whether CommonMark, or a table's bars, may give a sign a meaning between two others; the ends of a cell count as blanks.
private func isMarkup(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar, before next: Unicode.Scalar
) -> Bool {
    let isApart = previous.properties.isWhitespace && next.properties.isWhitespace
    switch scalar {
    case "|", "`": return true
    case "\\": return next.isPunctuationOfASCII
    case "*": return !isApart
    case "_": return !isApart && !(previous.isOfWord && next.isOfWord)
    case "]": return next == "(" || next == "["
    case "~": return previous == "~" || next == "~"
    case "&": return next == "#" || next.isASCII && next.properties.isAlphabetic
    case "<": return next.isASCII && next.properties.isAlphabetic || ["/", "!", "?"].contains(next)
    default: return false
    }
}

extension Unicode.Scalar {
    fileprivate var isOfWord: Bool { properties.isAlphabetic || properties.numericType != nil }

    fileprivate var isPunctuationOfASCII: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
