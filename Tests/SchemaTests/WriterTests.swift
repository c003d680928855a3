import Schema
import Testing

@Suite struct WriterTests {
    @Test(
        arguments: [
            (JSON(1.0), "1.0"), (JSON(0.1), "0.1"), (JSON(1e-5), "1e-05"), (JSON(1e16), "1e+16"), (JSON(-0.0), "-0.0"),
            (JSON(Double.leastNonzeroMagnitude), "5e-324"),
            (JSON(Double.greatestFiniteMagnitude), "1.7976931348623157e+308"),
            (JSON(Int.min), "-9223372036854775808"), (JSON("a\"b\\c\n\u{1}ä😀"), #""a\"b\\c\n\u0001ä😀""#),
            (JSON("\u{7F}\u{9B}\u{202E}\u{2028}\u{FEFF}\u{E0041}"), #""\u007f\u009b\u202e\u2028\ufeff\udb40\udc41""#),
            (JSON("👩\u{200D}🔬 é"), "\"👩\u{200D}🔬 é\""),
            (JSON(Double.nan), "null"), (JSON(.number(.infinity)), "null"), (JSON(-Double.infinity), "null"),
            ([:], "{}"), ([], "[]"), ([1, [nil, true]], "[1,[null,true]]"), (["a": ["b": 1]], #"{"a":{"b":1}}"#),
            (JSON([1, 2]), "[1,2]"), (JSON(Int?.none), "null"),
        ] as [(JSON, String)])
    func `writes each value in one way`(json: JSON, text: String) {
        #expect(json.compact == text)
    }

    @Test func `what is spelled out is read back as it was`() throws {
        let scalars = (1...0xE0080 as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }
        let text = String(String.UnicodeScalarView(scalars))
        let back = try JSON(parsing: JSON(text).compact).text
        #expect(back?.unicodeScalars.elementsEqual(scalars) == true)
    }

    @Test func `what is not finite becomes null before it is written`() {
        #expect(JSON(Double.nan) == nil)
        #expect(JSON([1, .infinity]) == [1.0, nil])
    }

    @Test func `every finite number reads back as itself`() throws {
        var state: UInt64 = 7
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Double(bitPattern: state)
            guard number.isFinite else { continue }
            #expect(try JSON(parsing: JSON(number).compact).content == .number(number))
        }
    }

    @Test func `indents by two and keeps arrays of scalars on their lines`() {
        let json: JSON = [
            "name": "warmup", "empty": [:], "none": [],
            "layers": [["type": "Flatten"], ["type": "Dense", "units": 10]],
            "range": [0.1, 0.2], "confusion": [[9, 1], [2, 8]],
        ]
        #expect(
            json.pretty == """
                {
                  "name": "warmup",
                  "empty": {},
                  "none": [],
                  "layers": [
                    {
                      "type": "Flatten"
                    },
                    {
                      "type": "Dense",
                      "units": 10
                    }
                  ],
                  "range": [0.1, 0.2],
                  "confusion": [
                    [9, 1],
                    [2, 8]
                  ]
                }

                """)
    }

    @Test func `long arrays of scalars fill lines of a hundred columns`() throws {
        let json: JSON = ["numbers": JSON(Array(1000..<1100))]
        let lines = json.pretty.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.count == 11)
        #expect(lines[2].hasPrefix("    1000, 1001, "))
        #expect(try JSON(parsing: json.pretty) == json)
    }
}
