import Schema
import Testing

@Suite struct ParserTests {
    @Test(arguments: readable)
    func `reads what JSON with comments and trailing commas can say`(text: String, meaning: JSON) throws {
        #expect(try JSON(parsing: text) == meaning)
    }

    static let readable: [(String, JSON)] = [
        ("null", nil), ("true", true), (" false ", false), ("0", 0), ("-0", 0), ("-17", -17), ("0.5", 0.5),
        ("1E3", 1000.0), ("1e+3", 1000.0), ("12.5e-1", 1.25), ("5e-324", JSON(Double.leastNonzeroMagnitude)),
        ("1e-999", 0.0),
        ("\"\"", ""), ("\"ä😀\"", "ä😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u00e4\uD83D\uDE00\u0000""#, "ä😀\0"), ("[]", []), ("[1,]", [1]), ("[ 1 , 2 ]", [1, 2]), ("{}", [:]),
        ("{\"a\":1,}", ["a": 1]), ("{\"a\":{\"b\":[{}]}}", ["a": ["b": [[:]]]]),
        ("// first\n1 // last", 1), ("/* a * b */ [ /**/ 1, // one\r\n 2 /***/ ]", [1, 2]),
        ("\u{FEFF}{\"bom\": true}", ["bom": true]), ("{\"\": 0}", ["": 0]), ("\t\r\n 1 \t\r\n", 1),
        ("\"// no comment\"", "// no comment"), ("[\"\u{A0}\u{FEFF}\"] // \u{A0}", ["\u{A0}\u{FEFF}"]),
    ]

    @Test(arguments: unreadable)
    func `says where a text is wrong and what to do`(text: String, problems: String) {
        #expect(throws: Problems.self) { try JSON(parsing: text) }
        do throws(Problems) { _ = try JSON(parsing: text) } catch { #expect(error.rendered() == problems) }
    }

    static let unreadable: [(String, String)] = [
        ("", "1:1: the text is empty; begin with {}"),
        ("  \n // nothing", "2:12: the text is empty; begin with {}"),
        ("nul", "1:1: unexpected \"nul\"; strings are written in double quotes"),
        ("True", "1:1: unexpected \"True\"; write true"),
        ("[None, nil]", "1:2: unexpected \"None\"; write null\n1:8: unexpected \"nil\"; write null"),
        ("NaN", "1:1: unexpected \"NaN\"; JSON has no such number; null is what stands for none"),
        ("-Infinity", "1:1: unexpected \"-Infinity\"; JSON has no such number; null is what stands for none"),
        ("1e999", "1:1: \"1e999\" is beyond the largest number, 1.7976931348623157e+308"),
        ("-1e999", "1:1: \"-1e999\" is beyond the largest number, 1.7976931348623157e+308"),
        ("01", "1:1: unexpected \"01\"; numbers are written like 42, -0.5 or 1e-3"),
        ("+1", "1:1: unexpected \"+1\"; numbers are written like 42, -0.5 or 1e-3"),
        (".5", "1:1: unexpected \".5\"; numbers are written like 42, -0.5 or 1e-3"),
        ("5.", "1:1: unexpected \"5.\"; numbers are written like 42, -0.5 or 1e-3"),
        ("1e", "1:1: unexpected \"1e\"; numbers are written like 42, -0.5 or 1e-3"),
        ("0x10", "1:1: unexpected \"0x10\"; numbers are written like 42, -0.5 or 1e-3"),
        ("1_000", "1:1: unexpected \"1_000\"; numbers are written like 42, -0.5 or 1e-3"),
        ("--1", "1:1: unexpected \"--1\"; numbers are written like 42, -0.5 or 1e-3"),
        ("-", "1:1: unexpected \"-\"; numbers are written like 42, -0.5 or 1e-3"),
        ("1.5.2", "1:1: unexpected \"1.5.2\"; numbers are written like 42, -0.5 or 1e-3"),
        ("1 2", "1:3: expected the end of the text, found \"2\""),
        ("{} }", "1:4: expected the end of the text, found \"}\""),
        ("[1 2]", "1:3: missing \",\""),
        ("{\"a\": 1\n \"b\": 2}", "1:8: missing \",\""),
        ("[1,,2]", "1:4: expected a value, found \",\""),
        ("[,]", "1:2: expected a value, found \",\""),
        ("[1;2]", "1:3: expected \",\" or \"]\", found \";\""),
        ("[1}", "1:3: expected \",\" or \"]\", found \"}\""),
        ("{\"a\"}", "1:5: expected \":\" after the key \"a\", found \"}\""),
        ("{\"a\" 1}", "1:6: expected \":\" after the key \"a\", found \"1\""),
        ("{\"a\":}", "1:6: expected a value, found \"}\""),
        ("{\"a\":", "1:6: expected a value, found the end of the text"),
        ("{'a': 1}", "1:2: expected a key in double quotes, found \"'\"; strings are written in double quotes"),
        ("['a']", "1:2: expected a value, found \"'\"; strings are written in double quotes"),
        (
            "{a: 1, b: 2}",
            "1:2: keys are written in double quotes; write \"a\"\n"
                + "1:8: keys are written in double quotes; write \"b\""
        ),
        ("# no\n{}", "1:1: expected a value, found \"#\"; comments begin with //"),
        ("{\n [1", "2:2: expected a key in double quotes, found \"[\""),
        ("{\"a\": [1,\n", "2:1: the text ends within an array that begins in line 1, column 7; close it with \"]\""),
        ("{\"a\": 1", "1:8: the text ends within an object that begins in line 1, column 1; close it with \"}\""),
        ("[1, /* two", "1:5: this comment has no end; close it with */"),
        ("/", "1:1: expected a value, found \"/\""),
        ("\"abc", "1:1: this string has no end in its line; close it with \""),
        ("[\"abc\n]", "1:2: this string has no end in its line; close it with \""),
        ("\"a\\", "1:3: an escape without end"),
        ("\"a\tb\"", "1:3: a control character within a string; write \\t"),
        ("\"a\u{1}b\"", "1:3: a control character within a string; write \\u0001"),
        (#""C:\data""#, "1:4: an unknown escape; a backslash itself is written \\\\"),
        (#""\u12G4""#, "1:2: \\u without four hexadecimal digits"),
        (#""\uD83D""#, "1:2: half of a surrogate pair; write the character itself"),
        (#""\uDE00 ""#, "1:2: half of a surrogate pair; write the character itself"),
        (#""\uD83D\u0041""#, "1:2: half of a surrogate pair; write the character itself"),
        ("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}", "3:2: the key \"a\" is already given in line 1; keep one of them"),
        (
            "{\"a\\u001b[31m\": 1, \"a\\u001b[31m\": 1}",
            "1:20: the key \"a\\u001b[31m\" is already given in line 1; keep one of them"
        ),
        ("{\u{A0}\"a\": 1}", "1:2: a blank that JSON does not know (U+00A0); write a space"),
        (
            "{\"a\":\u{3000}true\u{A0}}",
            "1:6: a blank that JSON does not know (U+3000); write a space\n"
                + "1:11: a blank that JSON does not know (U+00A0); write a space"
        ),
        (
            "[1,\u{202F}\u{2003}2, \u{FEFF}x]",
            "1:4: a blank that JSON does not know (U+202F); write a space\n"
                + "1:9: a blank that JSON does not know (U+FEFF); write a space\n"
                + "1:10: unexpected \"x\"; strings are written in double quotes"
        ),
        (
            "{a\u{2009}: ü\u{1680}}",
            "1:2: keys are written in double quotes; write \"a\"\n"
                + "1:3: a blank that JSON does not know (U+2009); write a space\n"
                + "1:6: unexpected \"ü\"; strings are written in double quotes\n"
                + "1:7: a blank that JSON does not know (U+1680); write a space"
        ),
        ("[\u{202E}]", "1:2: unexpected \"\\u202e\"; strings are written in double quotes"),
    ]

    @Test(
        arguments: [
            ([0xFF], 1, 1), ([0x22, 0xC3, 0x22], 1, 2), ([0x0A, 0x22, 0xC3, 0xA4, 0xC0, 0x80], 2, 3),
            ([0xED, 0xA0, 0x80], 1, 1), ([0xE0, 0x80, 0x80], 1, 1), ([0xF4, 0x90, 0x80, 0x80], 1, 1),
            ([0xF0, 0x9F, 0x98], 1, 1), ([0xFE, 0xFF, 0x00, 0x7B], 1, 1),
        ] as [([UInt8], Int, Int)])
    func `says where a text stops being UTF-8`(bytes: [UInt8], line: Int, column: Int) {
        #expect {
            try JSON(parsing: bytes)
        } throws: {
            let problem = ($0 as? Problems)?.list.first
            return problem?.position == Position(line: line, column: column)
                && problem?.message == "the text is not valid UTF-8 here"
        }
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":["])
    func `a text nested a million times is refused, not followed`(opening: String) {
        let text = String(repeating: opening, count: 1_000_000)
        #expect {
            try JSON(parsing: text)
        } throws: {
            ($0 as? Problems)?.rendered().hasSuffix("more than 100 arrays and objects within each other") == true
        }
    }

    @Test func `a hundred levels are read`() throws {
        let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(try JSON(parsing: text).compact == text)
    }

    @Test func `a text of more than 16 MiB is refused before it is read`() {
        let text = [UInt8](repeating: UInt8(ascii: " "), count: (16 << 20) + 1)
        #expect { try JSON(parsing: text) } throws: {
            ($0 as? Problems)?.rendered() == "the text is larger than 16 MiB"
        }
    }

    @Test func `a million mistakes are counted, and a hundred of them kept`() {
        let text = "[" + String(repeating: "nil,", count: 1_000_000) + "]"
        #expect {
            try JSON(parsing: text)
        } throws: {
            guard let problems = $0 as? Problems else { return false }
            return problems.list.count == 100 && problems.count == 1_000_000
                && problems.rendered().hasSuffix("\n… and 999900 more")
        }
    }

    /// Texts damaged at random, with a fixed seed: each must be read or refused, and what is read must survive writing.
    @Test func `no damage to a text makes the parser fail or lose what it read`() throws {
        let seeds = [
            #"{"model": {"layers": [{"type": "Conv2D", "filters": 32}, {"rate": 0.5}]}, "a": [1, -2.5e-3, null]}"#,
            "// c\n{\"ä😀\": \"\\uD83D\\uDE00\\n\", /* x */ \"t\": [true, false,],}\n",
        ].map { Array($0.utf8) }
        let alphabet = Array("{}[]\",:\\/*u0dD8e+-.1 \ntrue".utf8) + [0x00, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
        var state: UInt64 = 42
        func random(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var readable = 0
        for round in 0..<20_000 {
            var text = seeds[round % seeds.count]
            for _ in 0...random(below: 4) where !text.isEmpty {
                let index = random(below: text.count)
                switch random(below: 4) {
                case 0: text[index] = alphabet[random(below: alphabet.count)]
                case 1: text.insert(alphabet[random(below: alphabet.count)], at: index)
                case 2: text.remove(at: index)
                default: text.removeSubrange(index..<min(text.count, index + random(below: 20)))
                }
            }
            do throws(Problems) {
                let json = try JSON(parsing: text)
                readable += 1
                let again = try JSON(parsing: json.pretty)
                #expect(again == json)
            } catch {
                #expect(!error.isEmpty)
            }
        }
        #expect(readable > 1000, "the damage should leave some texts readable")
    }
}
