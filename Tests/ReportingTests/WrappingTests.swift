import Reporting
import Testing

@Suite struct WrappingTests {
    @Test(
        arguments: [
            ("", 10, []), ("one", 10, ["one"]), ("one two three", 7, ["one two", "three"]),
            ("one two three", 6, ["one", "two", "three"]), ("  one   two ", 20, ["one two"]),
            ("a verylongword b", 5, ["a", "verylongword", "b"]), ("字字 字", 5, ["字字", "字"]), ("a b", 0, ["a", "b"]),
        ] as [(String, Int, [String])])
    func `a text is broken between its words`(text: String, width: Int, lines: [String]) {
        #expect(wrapped(text, to: width) == lines)
    }

    @Test(arguments: [
        (
            "test accuracy  0.9685 ± 0.0039  (2,000 images)\n",
            "test accuracy  0.9685 ± 0.0039 (2,000\n               images)\n"
        ),
        ("results in runs/a-name-that-is-long/and-longer", "results in\n  runs/a-name-that-is-long/and-longer"),
        ("short  one", "short  one"), ("", ""),
    ])
    func `a line that is too wide goes on below what its label explains`(text: String, result: String) {
        #expect(folded(text, to: 40) == result)
    }
}
