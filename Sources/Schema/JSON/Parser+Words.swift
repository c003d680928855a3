// Numbers, true, false, null, and what people write in their place.

/// Whether a byte belongs to a number or a bare word, well-formed or not.
func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "."):
        true
    default:
        byte >= 0x80
    }
}

extension Parser {
    /// Moves over a number or bare word.
    mutating func scanWord() -> String {
        let start = index
        while let byte = next, isWordByte(byte), foreignBlank == nil { advance() }
        return text(from: start)
    }

    /// Reads a number or a bare word; what is neither is noted and stands for null.
    mutating func word() -> JSON.Content {
        let place = position
        let word = scanWord()
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: break
        }
        guard isNumber(word) else {
            problems.append(Problem("unexpected \(quoted(word))", at: place, remedy: remedy(for: word)))
            return .null
        }
        if let integer = Int(word) { return .integer(integer) }
        guard let number = Double(word), number.isFinite else {
            let message = "\(quoted(word)) is beyond the largest number, \(Double.greatestFiniteMagnitude)"
            problems.append(Problem(message, at: place))
            return .null
        }
        return .number(number)
    }

    private func remedy(for word: String) -> String {
        switch word.lowercased() {
        case "true", "false", "null": return "write \(word.lowercased())"
        case "none", "nil", "undefined": return "write null"
        case "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity":
            return "JSON has no such number; null is what stands for none"
        default: break
        }
        guard word.utf8.first.map({ isNumberStart($0) }) == true else { return "strings are written in double quotes" }
        return "numbers are written like 42, -0.5 or 1e-3"
    }

    private func isNumberStart(_ byte: UInt8) -> Bool {
        "+-.0123456789".utf8.contains(byte)
    }
}

/// The longest numeral that is read; more digits say nothing that a number can hold.
private let longestNumeral = 1000

/// Whether a word is a number by JSON's grammar, which is narrower than Swift's.
private func isNumber(_ word: String) -> Bool {
    var rest = Substring(word).utf8
    func skipDigits() -> Int {
        let digits = rest.prefix { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
        rest.removeFirst(digits.count)
        return digits.count
    }
    func skip(_ choices: String) -> Bool {
        guard let byte = rest.first, choices.utf8.contains(byte) else { return false }
        rest.removeFirst()
        return true
    }

    guard word.utf8.count <= longestNumeral else { return false }
    _ = skip("-")
    let hasLeadingZero = rest.first == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits > 0, digits == 1 || !hasLeadingZero else { return false }
    if skip("."), skipDigits() == 0 { return false }
    if skip("eE") {
        _ = skip("+-")
        guard skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
}
