// Reads JSON as people write it: with comments and trailing commas, and strict in everything else.
//
// A fault that leaves the structure readable (a duplicate key, `True`, 1e999, a forgotten comma) is noted and reading
// goes on, so that one run names them all; the first fault that does not (an unclosed string) ends it.

extension JSON {
    /// The most bytes that are read: no config comes near, and a mistaken file should not fill the memory.
    package static let largestText = 16 << 20

    /// The most arrays and objects within each other, so that no text can overflow the stack.
    package static let deepestNesting = 100

    /// Reads a whole text, or throws everything that is wrong with it.
    package init(parsing text: [UInt8]) throws(Problems) {
        var problems = Problems()
        guard let json = Self.read(text, &problems), problems.isEmpty else { throw problems }
        self = json
    }

    /// Reads a whole text, or throws everything that is wrong with it.
    package init(parsing text: String) throws(Problems) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads a text as far as it can be understood, so that what is said in it can be checked too; nil where it cannot.
    /// All positions name the source.
    package static func read(_ text: [UInt8], source: String? = nil, _ problems: inout Problems) -> JSON? {
        guard text.count <= largestText else {
            problems.append(Problem("the text is larger than \(largestText >> 20) MiB"))
            return nil
        }
        if let position = firstInvalidUTF8(in: text) {
            problems.append(Problem("the text is not valid UTF-8 here", at: position, remedy: "save it as UTF-8"))
            return nil
        }
        var parser = Parser(text, source: source)
        defer { problems.append(contentsOf: parser.problems) }
        do {
            return try parser.document()
        } catch {
            parser.problems.append(error)
            return nil
        }
    }
}

/// A cursor over the bytes of a text that is valid UTF-8.
struct Parser {
    private let bytes: [UInt8]
    private(set) var index = 0
    private(set) var position: Position
    var problems = Problems()

    init(_ bytes: [UInt8], source: String? = nil) {
        self.bytes = bytes
        position = Position(line: 1, column: 1, source: source)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The byte at the cursor; nil at the end.
    var next: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    /// The byte after the cursor; nil at the end.
    private var afterNext: UInt8? {
        index + 1 < bytes.count ? bytes[index + 1] : nil
    }

    /// Moves over one byte; the bytes that continue a scalar share its column.
    mutating func advance() {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\n") {
            position.line += 1
            position.column = 1
        } else if byte & 0xC0 != 0x80 {
            position.column += 1
        }
    }

    /// Moves over `byte` if it comes next.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        advance()
        return true
    }

    /// The text from `start` to the cursor.
    func text(from start: Int) -> String {
        String(decoding: bytes[start..<index], as: UTF8.self)
    }

    mutating func document() throws(Problem) -> JSON {
        try skipBlanks()
        guard next != nil else { throw Problem("the text is empty", at: position, remedy: "begin with {}") }
        let json = try value(depth: 0)
        try skipBlanks()
        guard next == nil else { throw unexpected("the end of the text") }
        return json
    }

    mutating func value(depth: Int) throws(Problem) -> JSON {
        let start = position
        switch next {
        case UInt8(ascii: "{"):
            return try object(depth: depth + 1)
        case UInt8(ascii: "["):
            return try array(depth: depth + 1)
        case UInt8(ascii: "\""):
            return JSON(.string(try string()), at: start)
        case let byte? where isWordByte(byte):
            return JSON(word(), at: start)
        default:
            throw unexpected("a value")
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> JSON {
        let start = position
        var elements: [JSON] = []
        try enter(depth)
        while try !leave(UInt8(ascii: "]"), "an array", from: start, isFirst: elements.isEmpty) {
            elements.append(try value(depth: depth))
        }
        return JSON(.array(elements), at: start)
    }

    private mutating func object(depth: Int) throws(Problem) -> JSON {
        let start = position
        var members: [JSON.Member] = []
        var places: [String: Position] = [:]
        try enter(depth)
        while try !leave(UInt8(ascii: "}"), "an object", from: start, isFirst: members.isEmpty) {
            let place = position
            let key = try self.key()
            if let first = places.updateValue(place, forKey: key) {
                let message = "the key \(quoted(key)) is already given in line \(first.line)"
                problems.append(Problem(message, at: place, remedy: "keep one of them"))
            }
            try skipBlanks()
            guard skip(UInt8(ascii: ":")) else { throw unexpected("\":\" after the key \(quoted(key))") }
            try skipBlanks()
            members.append(JSON.Member(key, try value(depth: depth), keyPosition: place))
        }
        return JSON(.object(members), at: start)
    }

    private mutating func key() throws(Problem) -> String {
        if next == UInt8(ascii: "\"") { return try string() }
        guard let byte = next, isWordByte(byte) else { throw unexpected("a key in double quotes") }
        let place = position
        let name = scanWord()
        problems.append(Problem("keys are written in double quotes", at: place, remedy: "write \(quoted(name))"))
        return name
    }

    /// Moves over an opening bracket.
    private mutating func enter(_ depth: Int) throws(Problem) {
        guard depth <= JSON.deepestNesting else {
            throw Problem("more than \(JSON.deepestNesting) arrays and objects within each other", at: position)
        }
        advance()
    }

    /// Moves to the next element, or over the closing bracket and says so.
    private mutating func leave(
        _ close: UInt8, _ kind: String, from start: Position, isFirst: Bool
    ) throws(Problem) -> Bool {
        let end = position
        try skipBlanks()
        var isSeparated = isFirst
        if !isFirst, skip(UInt8(ascii: ",")) {
            isSeparated = true
            try skipBlanks()
        }
        if skip(close) { return true }
        guard let byte = next else {
            let message = "the text ends within \(kind) that begins in line \(start.line), column \(start.column)"
            throw Problem(message, at: position, remedy: "close it with \"\(Unicode.Scalar(close))\"")
        }
        if isSeparated { return false }
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || isWordByte(byte)
        else { throw unexpected("\",\" or \"\(Unicode.Scalar(close))\"") }
        problems.append(Problem("missing \",\"", at: end))
        return false
    }

    /// Moves over white space and comments.
    private mutating func skipBlanks() throws(Problem) {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                advance()
            case UInt8(ascii: "/") where afterNext == UInt8(ascii: "/"):
                while let byte = next, byte != UInt8(ascii: "\n") { advance() }
            case UInt8(ascii: "/") where afterNext == UInt8(ascii: "*"):
                let start = position
                advance()
                advance()
                while next != UInt8(ascii: "*") || afterNext != UInt8(ascii: "/") {
                    if next == nil { throw Problem("this comment has no end", at: start, remedy: "close it with */") }
                    advance()
                }
                advance()
                advance()
            default:
                guard let blank = foreignBlank else { return }
                let digits = String(blank.value, radix: 16, uppercase: true)
                let code = "U+" + String(repeating: "0", count: 4 - min(4, digits.count)) + digits
                let message = "a blank that JSON does not know (\(code))"
                problems.append(Problem(message, at: position, remedy: "write a space"))
                // More of them are no other mistake.
                while foreignBlank != nil { advanceOverScalar() }
            }
        }
    }

    /// The blank at the cursor that only others than JSON take for one; they come from web pages and word processors.
    var foreignBlank: Unicode.Scalar? {
        guard let next, next >= 0x80 else { return nil }
        let rest = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
        guard let scalar = rest.unicodeScalars.first else { return nil }
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF: return scalar
        default: return nil
        }
    }

    private mutating func advanceOverScalar() {
        advance()
        while let next, next & 0xC0 == 0x80 { advance() }
    }

    /// The problem of meeting something else at the cursor.
    func unexpected(_ expectation: String) -> Problem {
        guard let next else { return Problem("expected \(expectation), found the end of the text", at: position) }
        let rest = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
        let found = rest.unicodeScalars.first.map { quoted(String($0)) } ?? ""
        let remedy: String? =
            switch next {
            case UInt8(ascii: "'"): "strings are written in double quotes"
            case UInt8(ascii: "#"): "comments begin with //"
            default: nil
            }
        return Problem("expected \(expectation), found \(found)", at: position, remedy: remedy)
    }
}
