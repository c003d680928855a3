import Reporting
import Testing

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("ä", 1), ("a\u{308}", 1), ("字", 2), ("ＡＢ", 4), ("한국", 4), ("😀", 2), ("👩‍👩‍👧", 2), ("🇨🇭", 2),
        ("━╸─…", 4), ("❤️", 2), ("\u{200B}", 0), ("\u{301}", 0), ("a\u{7}b", 2), ("±°×", 3),
    ])
    func `a text takes the columns that a terminal gives it`(text: String, width: Int) {
        #expect(displayWidth(text) == width)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("字字字", 6, "字字字"),
        ("字字字", 5, "字字…"), ("字字字", 4, "字…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("", 0, ""),
    ])
    func `a text that is cut ends in an ellipsis and fits`(text: String, width: Int, cut: String) {
        #expect(truncated(text, to: width) == cut)
        #expect(displayWidth(truncated(text, to: width)) <= width)
    }

    @Test func `padding counts columns`() {
        #expect(padded("字", to: 4) == "字  ")
        #expect(padded("12", to: 4, toTheRight: true) == "  12")
        #expect(padded("12345", to: 4) == "12345")
    }

    @Test(arguments: [
        ("plain ä字😀👩‍👩‍👧", "plain ä字😀👩‍👩‍👧"), ("a\nb\tc", "a\u{FFFD}b\u{FFFD}c"), ("\u{1B}[31m", "\u{FFFD}[31m"),
        ("a\u{202E}b", "a\u{FFFD}b"), ("\u{9B}2J", "\u{FFFD}2J"), ("a\u{2028}b", "a\u{FFFD}b"),
    ])
    func `nothing that a terminal obeys is displayed`(text: String, shown: String) {
        #expect(displayable(text) == shown)
    }
}
