/// A part of a page, with a heading of its own.
package struct PageSection: Sendable {
    /// By which links find it; of letters and dashes, unique within the page.
    package var id: String
    package var title: String
    package var blocks: [PageBlock]

    package init(_ id: String, _ title: String, _ blocks: [PageBlock]) {
        self.id = id
        self.title = title
        self.blocks = blocks
    }

    var html: HTML { "<section id=\"\(id)\">\n<h2>\(title)</h2>\n\(blocks.map(\.html))</section>\n" }
}

/// What sections consist of, from top to bottom.
package indirect enum PageBlock: Sendable {
    case heading(String)
    case paragraph(HTML)
    case list([HTML])
    case table(PageTable)
    case figure(PageFigure)
    case picture(PagePicture)
    case definitions([(term: String, meaning: HTML)])
    /// Lines that stay as they are; the name tells readers who do not see them what they are.
    case preformatted(String, name: String)
    /// Beside each other where there is room.
    case beside([PageBlock])
    /// What is only shown when it is asked for.
    case folded(String, [PageBlock])
}

extension PageBlock {
    fileprivate var html: HTML {
        switch self {
        case .heading(let title): "<h3>\(title)</h3>\n"
        case .paragraph(let text): "<p>\(text)</p>\n"
        case .list(let items): "<ul>\n\(items.map { "<li>\($0)</li>\n" as HTML })</ul>\n"
        case .table(let table): table.html
        case .figure(let figure): figure.html
        case .picture(let picture): picture.html
        case .definitions(let all):
            "<dl class=\"terms\">\n\(all.map { "<div><dt>\($0.term)</dt><dd>\($0.meaning)</dd></div>\n" as HTML })</dl>\n"
        case .preformatted(let lines, let name):
            "<pre tabindex=\"0\" role=\"group\" aria-label=\"\(name)\"><code>\(HTML(lines: lines))</code></pre>\n"
        case .beside(let blocks):
            "<div class=\"beside\">\n\(blocks.map { "<div>\($0.html)</div>\n" as HTML })</div>\n"
        case .folded(let title, let blocks):
            "<details><summary>\(title)</summary>\n\(blocks.map(\.html))</details>\n"
        }
    }
}
