/// Markup that is safe to stand in a page: what the source spells out is taken as it is, and every text that is put into it
/// is escaped.
///
///     let name = "<script>"
///     let html: HTML = "<b>\(name)</b>"      // <b>&lt;script&gt;</b>
///
/// This is the only place where text becomes markup. Attributes must be written in double quotes.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init(stringLiteral text: String) { self.text = text }

    /// A text, escaped; one line, without any character that a browser obeys.
    package init(_ text: String) { self.text = escaped(text) }

    /// Lines of text, escaped, that stay lines.
    package init(lines text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        self.text = lines.map { escaped(String($0)) }.joined(separator: "\n")
    }

    /// Markup that another writer has made and answers for.
    init(trusting text: String) { self.text = text }

    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(2 * literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ text: String) { self.text += escaped(text) }

        package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

        package mutating func appendInterpolation(_ html: HTML) { text += html.text }

        package mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
    }
}

extension [HTML] {
    /// The parts with something between them.
    package func joined(separator: HTML) -> HTML {
        HTML(trusting: map(\.text).joined(separator: separator.text))
    }
}
