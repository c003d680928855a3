import Schema

/// A word as a shell reads it back; what a terminal would obey is spelled out.
package func shellQuoted(_ word: String) -> String {
    if displayable(word) != word {
        let bytes = word.utf8.map { byte in
            let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
            let digits = String(byte, radix: 8)
            return isPlain
                ? String(UnicodeScalar(byte)) : "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        return "$'\(bytes.joined())'"
    }
    let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@+".contains($0) }
    return isPlain && !word.isEmpty ? word : "'" + word.escaping("'", as: "'\\''") + "'"
}
