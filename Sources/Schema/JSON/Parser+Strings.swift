// Strings and their escapes.

extension Parser {
    /// Reads a string, the cursor being at its opening quote.
    mutating func string() throws(Problem) -> String {
        let opening = position
        advance()
        var result = ""
        var start = index
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                result += text(from: start)
                advance()
                return result
            case UInt8(ascii: "\\"):
                result += text(from: start)
                result.unicodeScalars.append(try escape())
                start = index
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw unclosed(opening)
            case 0..<0x20:
                let remedy = "write \(byte == 9 ? "\\t" : unicodeEscape(Unicode.Scalar(byte)))"
                problems.append(Problem("a control character within a string", at: position, remedy: remedy))
                advance()
            default:
                advance()
            }
        }
        throw unclosed(opening)
    }

    private func unclosed(_ opening: Position) -> Problem {
        Problem("this string has no end in its line", at: opening, remedy: "close it with \"")
    }

    /// Reads one escape; a pair of surrogates is one.
    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        let start = position
        advance()
        guard let byte = next, byte >= 0x20 else { throw Problem("an escape without end", at: start) }
        if byte == UInt8(ascii: "u") {
            advance()
            return codeUnits(from: start)
        }
        let meanings: [(UInt8, Unicode.Scalar)] = [
            (UInt8(ascii: "\""), "\""), (UInt8(ascii: "\\"), "\\"), (UInt8(ascii: "/"), "/"),
            (UInt8(ascii: "b"), "\u{8}"), (UInt8(ascii: "f"), "\u{C}"), (UInt8(ascii: "n"), "\n"),
            (UInt8(ascii: "r"), "\r"), (UInt8(ascii: "t"), "\t"),
        ]
        if let meaning = meanings.first(where: { $0.0 == byte }) {
            advance()
            return meaning.1
        }
        // The byte stays for the text that follows: it may begin a longer scalar.
        problems.append(Problem("an unknown escape", at: start, remedy: "a backslash itself is written \\\\"))
        return "\u{FFFD}"
    }

    private mutating func codeUnits(from start: Position) -> Unicode.Scalar {
        guard let first = fourHexDigits() else {
            problems.append(Problem("\\u without four hexadecimal digits", at: start))
            return "\u{FFFD}"
        }
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")), let second = fourHexDigits(),
            0xDC00 <= second, second < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        {
            return scalar
        }
        let remedy = "write the character itself"
        problems.append(Problem("half of a surrogate pair", at: start, remedy: remedy))
        return "\u{FFFD}"
    }

    private mutating func fourHexDigits() -> UInt32? {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            advance()
            code = code << 4 | UInt32(digit)
        }
        return code
    }
}
