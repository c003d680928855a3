import Foundation
import Testing

@testable import Reporting

@Suite struct PageTests {
    /// What tries to get out of wherever it stands.
    private static let evil = "x</title></script></pre>--><script>alert(1)</script>\" onload=\"y\u{202E}\u{1B}[2J"

    private static func chart(_ name: String, _ count: Int = 3) -> Plot {
        let places = (0..<count).map(Double.init)
        let axis = Axis(name, isWhole: true)
        return Plot(name, [Chart(name, x: axis, y: Axis(), [Chart.Series(name, x: places, y: places)])])
    }

    private static func page(_ word: String) -> Page {
        let table = PageTable(
            word, ["word", .right(word)],
            rows: [[.init(word), .init(word, rank: 1)], [.init(word, tone: .bad), .init("2 kB", rank: 2000)], []])
        return Page(
            kind: word, title: word, lead: word, facts: [PageFact(word, word, note: word, tone: .good)],
            sections: [
                PageSection(
                    "first", word,
                    [
                        .heading(word), .paragraph(HTML(word)), .list([HTML(word)]), .table(table),
                        .figure(PageFigure(chart(word), alt: word, caption: HTML(word))),
                        .picture(PagePicture(svg: Array(word.utf8), alt: word, caption: HTML(word))),
                        .definitions([(word, HTML(word))]), .preformatted(word, name: word),
                        .beside([.paragraph(HTML(word)), .table(table)]), .folded(word, [.paragraph(HTML(word))]),
                    ]),
                PageSection("second", word, []),
            ])
    }

    @Test func `no text gets out of its place in a page`() throws {
        let html = Self.page(Self.evil).html
        #expect(html.matches(of: #/<script/#).count == 1 && html.matches(of: #/<\/script/#).count == 1)
        #expect(!html.contains("onload=\"") && !html.contains("\u{202E}") && !html.contains("\u{1B}"))
        // What is left of the text is nothing but text: tags are the same as those of a page of harmless words.
        func tags(_ html: String) -> [Substring] { html.matches(of: #/<\/?[a-z0-9]+/#).map(\.output) }
        #expect(
            tags(html).filter { $0 != "<title" && $0 != "</title" }
                == tags(Self.page("harmless").html).filter { $0 != "<title" && $0 != "</title" })
    }

    @Test func `a page asks for nothing and runs no script but its own`() throws {
        let html = Self.page("word").html
        #expect(html.contains("default-src 'none'"))
        #expect(html.contains("script-src '\(PageScript.hash)'"))
        for address in html.matches(of: #/(href|src|action|xlink:href)="([^"]*)"/#).map(\.output.2) {
            #expect(address.hasPrefix("#") || address.hasPrefix("data:"), "\(address)")
        }
        #expect(!PageStyle.css.contains("url(") && !PageStyle.css.contains("@import"))
        #expect(
            !html.contains("http://")
                || html.matches(of: #/http:\/\/[^"]*/#).allSatisfy { $0.output == "http://www.w3.org/2000/svg" })
    }

    @Test func `the same page is the same bytes`() {
        #expect(Self.page("word").html == Self.page("word").html)
    }

    @Test func `headings come in order and links lead to sections`() {
        let html = Self.page("word").html
        let levels = html.matches(of: #/<h([1-6])/#).map(\.output.1)
        #expect(levels == ["1", "2", "3", "2"])
        let links = html.matches(of: #/href="#([a-z]+)"/#).map(\.output.1)
        #expect(links == ["first", "second"])
        for link in links { #expect(html.contains("<section id=\"\(link)\">")) }
    }

    @Test func `tables have captions, headings of rows and columns, and what they are sorted by`() {
        let table = PageTable(
            "sizes", ["name", .right("size")], rows: [["a", .init("2 kB", rank: 2000)], ["b", "–"]])
        let html = table.html.text
        #expect(html.contains("<table class=\"sortable\">\n<caption>sizes</caption>"))
        #expect(html.contains("<th scope=\"col\">name</th><th scope=\"col\" class=\"number\">size</th>"))
        #expect(html.contains("<tr><th scope=\"row\">a</th><td class=\"number\" data-rank=\"2000.0\">2 kB</td></tr>"))
        let continued = PageTable("parts", ["of", "part"], rows: [["a", "b"], ["", "c"]]).html.text
        #expect(continued.contains("<tr><th scope=\"row\">a</th><td>b</td></tr>"))
        #expect(continued.contains("<tr><td></td><td>c</td></tr>"))
        #expect(!PageTable("one", ["name"], rows: [["a"]]).html.text.contains("sortable"))
        #expect(
            !PageTable("nan", ["a", "b"], rows: [["a", .init("nan", rank: .nan)]]).html.text.contains("data-rank"))
    }

    @Test func `strong cells of Markdown tables stand out`() {
        let table = TextTable(["figure", "agrees"], rows: [["loss", "**no**"], ["accuracy", "yes"], ["short"]])
        let html = PageTable("all", table).html.text
        #expect(html.contains("<td class=\"bad\"><span aria-hidden=\"true\">✗ </span>no</td>"))
        #expect(html.contains("<td>yes</td>") && !html.contains("**"))
    }

    @Test func `a figure is drawn for wide and for narrow screens, and tells a pointer its values`() {
        let html = PageFigure(Self.chart("steps"), alt: "what it shows").html.text
        #expect(html.matches(of: #/<svg [^>]*width="720"/#).count == 1)
        #expect(html.matches(of: #/<svg [^>]*width="372"/#).count == 1)
        #expect(html.matches(of: #/<title>what it shows<\/title>/#).count == 2)
        #expect(html.matches(of: #/<title>steps 1: steps 1.0000<\/title>/#).count == 2)
        // A file of its own stays as small as it can be.
        #expect(!Self.chart("steps").svg.contains("plot-target"))
    }

    @Test func `a picture from a file becomes a part of the page`() {
        let html = PagePicture(svg: Array("<svg/>".utf8), alt: "a \"b\"", caption: "a <i>b</i>").html.text
        #expect(html.contains("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"a &quot;b&quot;\">"))
        #expect(html.contains("<figcaption>a <i>b</i></figcaption>"))
    }

    @Test func `a curve of 200,000 values has a few targets, and a cloud of points none`() {
        let svg = PageFigure(Self.chart("long", 200_000), alt: "").html.text
        #expect((1...300).contains(svg.matches(of: #/<title>long [0-9e+]+: /#).count))
        let places = (0..<5000).map { Double(($0 * 7919) % 5003) }
        let cloud = Chart("", x: Axis(), y: Axis(), [Chart.Series("", x: places, y: places, mark: .points(radius: 1))])
        #expect(!PageFigure(Plot("", [cloud]), alt: "").html.text.contains("plot-target"))
    }

    @Test func `targets tell intervals and how many values share a place`() {
        let series = [
            Chart.Series("mean", x: [0, 1], y: [2, 3], low: [1, 3], high: [4, 3], mark: .points(radius: 1)),
            Chart.Series("all", x: [0, 0, .nan], y: [1, 4, 1], mark: .points(radius: 1)),
            Chart.Series("gap", x: [0, 1], y: [.nan, .infinity]),
        ]
        let chart = Chart("", x: Axis(scale: .categories(["small", "large"])), y: Axis(), series)
        let html = PageFigure(Plot("", [chart]), alt: "").html.text
        let first = "small: mean 2.0000 (1.0000 to 4.0000), all 1.0000 to 4.0000 (2 values)"
        #expect(html.contains("<title>\(first)</title>") && html.contains("<title>large: mean 3.0000</title>"))
    }
}
