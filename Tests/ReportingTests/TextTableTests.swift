import Reporting
import Testing

@Suite struct TextTableTests {
    static let layers = TextTable(
        ["layer", "output shape", .right("parameters")],
        rows: [["conv2d (Conv2D)", "26 × 26 × 32", "320"], ["dense (Dense)", "10", "16,010"], ["字 (Dropout)"]])

    @Test func `columns are aligned, words to the left and numbers to the right`() {
        #expect(
            Self.layers.text() == """
                layer            output shape  parameters
                ───────────────  ────────────  ──────────
                conv2d (Conv2D)  26 × 26 × 32         320
                dense (Dense)    10                16,010
                字 (Dropout)

                """)
    }

    @Test(arguments: [
        (
            35,
            """
            layer       output sha…  parameters
            ──────────  ───────────  ──────────
            conv2d (C…  26 × 26 × …         320
            """
        ),
        (
            24,
            """
            layer   outpu…  paramet…
            ──────  ──────  ────────
            conv2…  26 × …       320
            """
        ),
        (
            12,
            """
            l…  ou…  pa…
            ──  ───  ───
            c…  26…  320
            """
        ),
    ])
    func `a narrow terminal cuts the widest words first`(width: Int, head: String) {
        let text = Self.layers.text(width: width)
        #expect(text.split(separator: "\n").allSatisfy { displayWidth($0) <= width })
        #expect(text.split(separator: "\n").prefix(3).joined(separator: "\n") == head)
    }

    @Test(arguments: 1...60)
    func `no line is wider than it may be`(width: Int) {
        #expect(Self.layers.text(width: width).split(separator: "\n").allSatisfy { displayWidth($0) <= width })
    }

    @Test func `a wide terminal changes nothing`() {
        #expect(Self.layers.text(width: 200) == Self.layers.text())
    }

    @Test func `Markdown escapes bars and marks columns of numbers`() {
        let table = TextTable(["name", .right("n")], rows: [["a|b", "1"], ["c\nd", "1,000"]])
        #expect(
            table.markdown == """
                | name |     n |
                | ---- | ----: |
                | a\\|b |     1 |
                | c\u{FFFD}d  | 1,000 |

                """)
    }

    @Test func `Markdown escapes a bar that bears an accent, too`() {
        #expect(TextTable(["name"], rows: [["a|\u{301}b"]]).markdown.contains("a\\|\u{301}b"))
    }

    @Test(arguments: [
        ("**no**", "**no**"), ("**a_ *b***", "**a\\_ \\*b\\***"), ("****", "\\*\\*\\*\\*"), ("a *b* c", "a \\*b\\* c"),
        ("[a](http://b)", "[a\\](http://b)"), ("[*, 2]", "[\\*, 2]"), ("~~a~~", "\\~\\~a\\~\\~"), ("~1 & 2", "~1 & 2"),
        ("&lt;", "\\&lt;"), ("2 * 3", "2 * 3"), ("a*b*c", "a\\*b\\*c"),
        ("val_accuracy, batch_size 64", "val_accuracy, batch_size 64"),
        ("_a_ b_", "\\_a\\_ b\\_"), ("é_1", "é_1"), ("a _ b", "a _ b"), ("<b>x</b>", "\\<b>x\\</b>"),
        ("< .0001", "< .0001"), ("<!-- x", "\\<!-- x"), ("`rm`", "\\`rm\\`"), (#"C:\data\*"#, #"C:\data\\\*"#),
        (#"a\"#, #"a\"#), (#"\|"#, #"\\\|"#),
    ])
    func `Markdown escapes what would be markup and nothing else`(cell: String, escaped: String) {
        #expect(TextTable(["cell"], rows: [[cell]]).markdown.contains("| \(escaped) "))
    }

    @Test func `a table without rows has its titles, one without columns nothing`() {
        #expect(TextTable(["a", .right("bc")]).text() == "a  bc\n─  ──\n")
        #expect(TextTable([], rows: [["x"]]).text(width: 10) == "\n\n\n")
    }
}
