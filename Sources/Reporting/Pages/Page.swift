/// One HTML file with everything inside: nothing is fetched, and without JavaScript nothing is missing but convenience.
///
///     let page = Page(kind: "Training run", title: "warmup", sections: [
///         PageSection("curves", "Curves", [.figure(PageFigure(plot, alt: "Loss by epoch", caption: "By epoch."))]),
///     ])
///     try AtomicFile.write(page.html, to: "report.html")
package struct Page: Sendable {
    /// What sort of page it is, in a word or two.
    package var kind: String
    package var title: String
    /// What stands below the title.
    package var lead: String
    /// What a reader wants to know first.
    package var facts: [PageFact]
    package var sections: [PageSection]

    package init(kind: String, title: String, lead: String = "", facts: [PageFact] = [], sections: [PageSection]) {
        self.kind = kind
        self.title = title
        self.lead = lead
        self.facts = facts
        self.sections = sections
    }

    /// The same bytes for the same page.
    package var html: String {
        let document: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(PageScript.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="mnist-lab">
            <title>\(title) – \(kind)</title>
            <link rel="icon" href="data:,">
            <style>\(HTML(trusting: PageStyle.css))</style>
            </head>
            <body>
            <header>
            <p class="kind">\(kind)</p>
            <h1>\(title)</h1>
            \(leads)\(tiles)</header>
            \(contents)<main>
            \(sections.map(\.html))</main>
            <footer>Written by mnist-lab. Everything on this page is inside the file.</footer>
            <script>\(HTML(trusting: PageScript.source))</script>
            </body>
            </html>

            """
        return document.text
    }

    private var leads: [HTML] {
        lead.split(separator: "\n").map { "<p class=\"lead\">\(HTML(markdown: String($0)))</p>\n" }
    }

    private var tiles: HTML { facts.isEmpty ? "" : "<dl class=\"facts\">\n\(facts.map(\.html))</dl>\n" }

    /// Links to the sections, where there are several.
    private var contents: HTML {
        guard sections.count > 1 else { return "" }
        let links: [HTML] = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>\n" }
        return "<nav aria-label=\"Sections\"><ol>\n\(links)</ol></nav>\n"
    }
}

/// A figure that stands out at the head of a page.
package struct PageFact: Sendable {
    /// Whether the figure is welcome; it is said in words, too.
    package enum Tone: String, Sendable { case plain, good, bad, open }

    package var name: String
    package var value: String
    package var note: String
    package var tone: Tone

    package init(_ name: String, _ value: String, note: String = "", tone: Tone = .plain) {
        self.name = name
        self.value = value
        self.note = note
        self.tone = tone
    }

    fileprivate var html: HTML {
        let small: HTML = note.isEmpty ? "" : "<dd class=\"note\">\(note)</dd>"
        return "<div><dt>\(name)</dt><dd class=\"\(tone.rawValue)\">\(tone.mark)\(value)</dd>\(small)</div>\n"
    }
}

extension PageFact.Tone {
    /// What says the same to those who see no colours.
    var mark: HTML {
        switch self {
        case .plain: ""
        case .good: "<span aria-hidden=\"true\">✓ </span>"
        case .bad: "<span aria-hidden=\"true\">✗ </span>"
        case .open: "<span aria-hidden=\"true\">? </span>"
        }
    }
}
