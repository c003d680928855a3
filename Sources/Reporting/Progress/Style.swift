/// Colours and weights of text, or none of them.
package struct Style: Sendable {
    private let isActive: Bool

    /// Leaves texts unchanged.
    package static let plain = Style(isActive: false)

    /// With the escape sequences that every terminal knows.
    package static let colored = Style(isActive: true)

    /// What the stream's screen shows and its user wants.
    package init(for terminal: Terminal) {
        self.init(isActive: terminal.hasColor)
    }

    private init(isActive: Bool) {
        self.isActive = isActive
    }

    package func bold(_ text: String) -> String { wrapped(text, 1) }
    package func dim(_ text: String) -> String { wrapped(text, 2) }
    package func red(_ text: String) -> String { wrapped(text, 31) }
    package func green(_ text: String) -> String { wrapped(text, 32) }
    package func yellow(_ text: String) -> String { wrapped(text, 33) }

    package func blue(_ text: String) -> String { wrapped(text, 94) }
    package func magenta(_ text: String) -> String { wrapped(text, 35) }
    package func cyan(_ text: String) -> String { wrapped(text, 36) }

    /// Whether texts get colours at all.
    package var hasColors: Bool { isActive }

    private func wrapped(_ text: String, _ code: Int) -> String {
        isActive && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
