import Reporting
import Schema
import Testing

@Suite struct CSVTests {
    @Test(
        arguments: [
            (["a", "b"], "a,b\n"), (["1", ""], "1,\n"), ([""], "\"\"\n"), ([], "\n"), (["a,b"], "\"a,b\"\n"),
            (["say \"hi\""], "\"say \"\"hi\"\"\"\n"), (["a\nb", "c\r"], "\"a\nb\",\"c\r\"\n"),
            ([" a", "b "], "\" a\",\"b \"\n"),
            (["ä;\t'"], "ä;\t'\n"),
        ] as [([String], String)])
    func `fields are quoted where they must be`(fields: [String], line: String) {
        #expect(CSV.line(fields) == line)
    }

    @Test(
        arguments: [
            ("=1+2", "'=1+2"), ("@x", "'@x"), ("+x", "'+x"), ("-relu", "'-relu"), ("'=x", "''=x"), ("-", "'-"),
            ("-0.5", "-0.5"), ("+1e-5", "+1e-5"), ("-inf", "-inf"), ("'x", "'x"), ("a=b", "a=b"), ("", ""),
            ("\t=1", "'\t=1"), ("\u{1B}[31mred\u{202E}", "\u{FFFD}[31mred\u{FFFD}"),
        ])
    func `what a spreadsheet or a terminal would obey is made harmless, and numbers stay`(
        field: String, written: String
    ) throws {
        let line = CSV.line(["a", field])
        #expect(line == "a,\(written)\n")
        let isKept = !written.contains("\u{FFFD}")
        if isKept { #expect(try CSV(parsing: line).header == ["a", field]) }
    }

    @Test(
        arguments: [
            ("a,b\n1,2\n", ["a", "b"], [["1", "2"]]), ("a,b\r\n1,2\r\n3,4", ["a", "b"], [["1", "2"], ["3", "4"]]),
            ("a\n\n1\n\n\n2\n", ["a"], [["1"], ["2"]]), ("a,b\n,\n", ["a", "b"], [["", ""]]),
            ("a\n\"\"\n", ["a"], [[""]]),
            ("\u{FEFF}a\n1\n", ["a"], [["1"]]), ("\"a,\"\"b\"\"\",\"c\nd\"\n1,2", ["a,\"b\"", "c\nd"], [["1", "2"]]),
            ("a\r1\r", ["a"], [["1"]]), ("a", ["a"], []), ("a\nx\"y\n", ["a"], [["x\"y"]]),
        ] as [(String, [String], [[String]])])
    func `what other programs write is read`(text: String, header: [String], rows: [[String]]) throws {
        #expect(try CSV(parsing: text) == CSV(header: header, rows: rows))
    }

    @Test(arguments: [
        ("", "the table is empty; its first line names the columns"),
        ("\n\n", "the table is empty; its first line names the columns"),
        ("a,b\n1,2\n\n3\n", "4:1: expected 2 fields as in the header, found 1"),
        ("a\n\"x\ny\"\n1,2\n", "4:1: expected 1 fields as in the header, found 2"),
        ("a\n\"x\n\n", "2:1: a quote in this record is not closed"),
        ("a,b\n\"x\"y,2\n", "2:1: text follows a closing quote in this record; double the quotes within quotes"),
    ])
    func `a damaged table says where`(text: String, message: String) {
        #expect { try CSV(parsing: text) } throws: { ($0 as? Problem)?.rendered() == message }
    }

    @Test func `every text survives writing and reading`() throws {
        let alphabet: [String] = ["a", ",", "\"", "\n", "\r", "=", "'", "\u{301}", ""]
        var state: UInt64 = 1
        func random(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        func field() -> String { (0..<random(below: 5)).map { _ in alphabet[random(below: 9)] }.joined() }
        for _ in 0..<500 {
            let columns = 1 + random(below: 4)
            func row() -> [String] { (0..<columns).map { _ in field() } }
            let table = CSV(header: row(), rows: (0..<random(below: 5)).map { _ in row() })
            #expect(try CSV(parsing: table.text) == table)
        }
    }

    @Test func `columns are found by name`() {
        let table = CSV(header: ["epoch", "loss"], rows: [["0", "0.5"], ["1", "0.25"]])
        #expect(table[column: "loss"] == ["0.5", "0.25"])
        #expect(table[column: "accuracy"] == nil)
    }
}
