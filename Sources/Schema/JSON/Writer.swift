// Writes JSON so that the same value is always the same bytes.
//
// Numbers with a fraction are Swift's shortest decimal that reads back as the same number, whatever the locale. JSON has
// no NaN and no infinity: they are written as null, which a reader who expects a number can tell from one.

extension JSON {
    /// Without any white space, on one line.
    package var compact: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// Indented by two spaces and ended by a line feed, ready for a file; arrays of scalars fill their lines.
    package var pretty: String {
        var text = ""
        write(to: &text, indentation: "")
        text += "\n"
        return text
    }

    private static let longestLine = 100

    private var isScalar: Bool {
        switch content {
        case .array, .object: false
        default: true
        }
    }

    private func write(to text: inout String) {
        switch content {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .integer(let integer): text += "\(integer)"
        case .number(let number): text += number.isFinite ? "\(number)" : "null"
        case .string(let string): writeQuoted(string, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                writeQuoted(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private func write(to text: inout String, indentation: String) {
        let inner = indentation + "  "
        switch content {
        case .array(let elements) where !elements.isEmpty && elements.allSatisfy(\.isScalar):
            writeFilled(elements.map(\.compact), to: &text, indentation: indentation)
        case .array(let elements) where !elements.isEmpty:
            text += "["
            for (index, element) in elements.enumerated() {
                text += index > 0 ? ",\n\(inner)" : "\n\(inner)"
                element.write(to: &text, indentation: inner)
            }
            text += "\n\(indentation)]"
        case .object(let members) where !members.isEmpty:
            text += "{"
            for (index, member) in members.enumerated() {
                text += index > 0 ? ",\n\(inner)" : "\n\(inner)"
                writeQuoted(member.key, to: &text)
                text += ": "
                member.value.write(to: &text, indentation: inner)
            }
            text += "\n\(indentation)}"
        default:
            write(to: &text)
        }
    }

    private func writeFilled(_ elements: [String], to text: inout String, indentation: String) {
        let length = elements.reduce(indentation.utf8.count) { $0 + $1.utf8.count + 2 }
        if length <= Self.longestLine {
            text += "[\(elements.joined(separator: ", "))]"
            return
        }
        let inner = indentation + "  "
        var column = Self.longestLine
        text += "["
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if column + element.utf8.count + 2 > Self.longestLine {
                text += "\n\(inner)\(element)"
                column = inner.utf8.count + element.utf8.count
            } else {
                text += " \(element)"
                column += element.utf8.count + 2
            }
        }
        text += "\n\(indentation)]"
    }

    private func writeQuoted(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value > 0x7E && scalar.isObeyed: text += unicodeEscape(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

/// A character as `\u001b`; those from U+10000 on as two of them.
func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
    scalar.utf16.map { unit in
        let code = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - code.count) + code
    }.joined()
}
