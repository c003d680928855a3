import Testing

@testable import Reporting

@Suite struct HTMLTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onclick=\"x", "&quot; onclick=&quot;x"), ("a & b", "a &amp; b"), ("&lt;", "&amp;lt;"),
        ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("gpj\u{202E}.exe", "gpj\u{FFFD}.exe"), ("a\nb", "a\u{FFFD}b"),
        ("字 é 👩‍🔬", "字 é 👩‍🔬"), ("-->", "--&gt;"), ("\u{0}", "\u{FFFD}"),
    ])
    func `text that is put into markup is escaped, as content and in attributes`(text: String, escaped: String) {
        #expect(("<b title=\"\(text)\">\(text)</b>" as HTML).text == "<b title=\"\(escaped)\">\(escaped)</b>")
        #expect(HTML(text).text == escaped)
    }

    @Test func `markup that is put into markup stays as it is`() {
        let word: HTML = "<b>\("<")</b>"
        #expect(("<p>\(word)\([word, word]) \(7)</p>" as HTML).text == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b> 7</p>")
        #expect([word, word].joined(separator: ", ").text == "<b>&lt;</b>, <b>&lt;</b>")
    }

    @Test func `lines stay lines, but nothing else that controls anything`() {
        #expect(HTML(lines: "{\n  \"a\": \"<\"\n}\r").text == "{\n  &quot;a&quot;: &quot;&lt;&quot;\n}\u{FFFD}")
    }

    @Test(arguments: [
        ("plain", "plain"), ("a `b<c` d", "a <code>b&lt;c</code> d"), ("**no** way", "<strong>no</strong> way"),
        ("see [the guide](README.md).", "see the guide."), ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("an [odd <b>](javascript:x) one", "an odd &lt;b&gt; one"), ("2 ** 3 ` x [y", "2 ** 3 ` x [y"), ("", ""),
    ])
    func `a line of Markdown has code and strong words, but no links`(line: String, html: String) {
        #expect(HTML(markdown: line).text == html)
    }
}
