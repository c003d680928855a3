// How many columns a text takes on a terminal, where 字 takes two and a combining accent none.

/// The columns that a text takes.
package func displayWidth(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
}

/// The columns of one character: those of its base, for what combines with it adds none.
private func displayWidth(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.value < 0x7F { return first.value >= 0x20 ? 1 : 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    let isEmoji = first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}")
    return isEmoji || isWide(first) ? 2 : 1
}

/// Whether Unicode calls a character wide or full-width (UAX #11, the blocks of which all or nearly all are).
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x20000...0x3FFFD:
        true
    default: false
    }
}

/// A text cut to so many columns, an ellipsis showing that it was.
package func truncated(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    guard width > 0 else { return "" }
    var result = ""
    var used = 1
    for character in text {
        used += displayWidth(character)
        guard used <= width else { break }
        result.append(character)
    }
    return result + "…"
}

/// A text filled up with blanks to so many columns.
package func padded(_ text: String, to width: Int, toTheRight: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - displayWidth(text)))
    return toTheRight ? blanks + text : text + blanks
}

/// A text on one line, with nothing in it that a terminal would obey.
package func displayable(_ text: String) -> String { displayable(text, keeping: []) }

/// The same, but some scalars are kept.
package func displayable(_ text: String, keeping kept: Set<Unicode.Scalar>) -> String {
    func isObeyed(_ scalar: Unicode.Scalar) -> Bool { scalar.isObeyed && !kept.contains(scalar) }
    guard text.unicodeScalars.contains(where: isObeyed) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isObeyed(scalar) ? "\u{FFFD}" : scalar) }
    return String(result)
}
