import Schema

/// A table of comma-separated values (RFC 4180, with line feeds alone between records, as other tools on Unix write).
///
///     var curves = CSV(header: ["epoch", "loss"])
///     curves.rows.append(["0", "0.31"])
///     try AtomicFile.write(curves.text, to: "curves.csv")
package struct CSV: Sendable, Equatable {
    package var header: [String]

    /// One record each, of as many fields as the header has.
    package var rows: [[String]]

    /// A table with the rows known so far.
    package init(header: [String], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
    }

    /// Reads what any program calls CSV; a record with more or fewer fields than the header is a problem.
    package init(parsing text: String) throws(Problem) {
        var parser = CSVParser(text)
        guard let header = try parser.record() else {
            throw Problem("the table is empty", remedy: "its first line names the columns")
        }
        self.init(header: header)
        while let start = parser.startOfNextRecord, let row = try parser.record() {
            guard row.count == header.count else {
                throw Problem("expected \(header.count) fields as in the header, found \(row.count)", at: start)
            }
            rows.append(row)
        }
    }

    /// All values of a column; nil if the header does not name it.
    package subscript(column name: String) -> [String]? {
        header.firstIndex(of: name).map { index in rows.map { $0[index] } }
    }

    package var text: String {
        ([header] + rows).map(Self.line).joined()
    }

    /// One record with its line feed, for files that grow.
    package static func line(_ fields: [String]) -> String {
        // A record of one empty field would be an empty line, which readers skip.
        fields == [""] ? "\"\"\n" : fields.map(quotedIfNeeded).joined(separator: ",") + "\n"
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        let field = harmless(text)
        let isPlain = field.utf8.allSatisfy { !"\",\r\n".utf8.contains($0) }
        if isPlain, field.first != " ", field.last != " " { return field }
        return "\"" + field.escaping("\"", as: "\"\"") + "\""
    }
}

// Spreadsheets take a field that begins with =, +, - or @ for a formula, and obey it. An apostrophe before it makes it a text,
// and is taken away when the table is read. Numbers stay as they are.
extension CSV {
    private static func isObeyed(_ text: Substring) -> Bool {
        text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
    }

    private static func withoutApostrophes(_ text: String) -> Substring { text.drop { $0 == "'" } }

    /// A field that neither a spreadsheet nor a terminal obeys.
    fileprivate static func harmless(_ text: String) -> String {
        let field = displayable(text, keeping: ["\n", "\r", "\t"])
        return isObeyed(withoutApostrophes(field)) ? "'" + field : field
    }

    /// The field as it was before it was made harmless.
    fileprivate static func original(_ field: String) -> String {
        field.first == "'" && isObeyed(withoutApostrophes(field)) ? String(field.dropFirst()) : field
    }
}

/// A cursor over a text; works on bytes, because Swift sees CR LF as one character.
private struct CSVParser {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// Where the next record begins; nil at the end. Empty lines are no records.
    var startOfNextRecord: Position? {
        mutating get {
            while index < bytes.count, isLineEnd(bytes[index]) { skipLineEnd() }
            return index < bytes.count ? Position(line: line, column: 1) : nil
        }
    }

    mutating func record() throws(Problem) -> [String]? {
        guard let start = startOfNextRecord else { return nil }
        var fields: [String] = []
        while true {
            fields.append(CSV.original(try field(from: start)))
            guard index < bytes.count else { return fields }
            if isLineEnd(bytes[index]) {
                skipLineEnd()
                return fields
            }
            index += 1
        }
    }

    private mutating func field(from start: Position) throws(Problem) -> String {
        let quote = UInt8(ascii: "\"")
        guard index < bytes.count, bytes[index] == quote else {
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: ","), !isLineEnd(bytes[index]) { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var content: [UInt8] = []
        index += 1
        while true {
            guard index < bytes.count else { throw Problem("a quote in this record is not closed", at: start) }
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == quote {
                guard index < bytes.count, bytes[index] == quote else { break }
                index += 1
            }
            content.append(byte)
        }
        guard index == bytes.count || bytes[index] == UInt8(ascii: ",") || isLineEnd(bytes[index]) else {
            let remedy = "double the quotes within quotes"
            throw Problem("text follows a closing quote in this record", at: start, remedy: remedy)
        }
        return String(decoding: content, as: UTF8.self)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func skipLineEnd() {
        index += bytes[index...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) ? 2 : 1
        line += 1
    }
}
