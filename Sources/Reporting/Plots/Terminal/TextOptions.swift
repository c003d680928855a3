/// How pictures look where only characters can be shown.
package struct TextOptions: Sendable {
    package var style: Style
    /// Whether only the characters of ASCII are used: in logs, and on terminals that know no others.
    package var isASCII: Bool
    /// What the picture's legend explains, in its order; empty outside of a picture.
    var legend: [LegendKey] = []

    package init(style: Style = .plain, isASCII: Bool = false) {
        self.style = style
        self.isASCII = isASCII
    }

    /// A text in the nearest of the terminal's colours.
    func colored(_ text: String, _ paint: Paint) -> String {
        switch paint.name {
        case "s0": style.blue(text)
        case "s1": style.red(text)
        case "s2": style.green(text)
        case "s3": style.magenta(text)
        case "s4": style.yellow(text)
        case "s5": style.cyan(text)
        case "muted", "faint", "grid": style.dim(text)
        default: text
        }
    }

    /// A text without characters that are not shown: signs are replaced by those of typewriters.
    func shown(_ text: String) -> String {
        typed(displayable(text))
    }

    /// A line with nothing but ASCII, if that is wanted.
    func typed(_ text: String) -> String {
        guard isASCII else { return text }
        return text.map { character in
            switch character {
            case "−", "–", "⁻", "─": "-"
            case "±": "+-"
            case "…", "·": "."
            case "×": "x"
            default: character.isASCII ? String(character) : Self.superscripts[character].map(String.init) ?? "?"
            }
        }.joined()
    }

    private static let superscripts: [Character: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    ]
}
