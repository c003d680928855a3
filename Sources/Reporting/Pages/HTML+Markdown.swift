extension HTML {
    /// A line of Markdown with `code`, **strong** words and links, of which only the words stay.
    package init(markdown line: String) {
        var html: HTML = ""
        var rest = line[...]
        while let found = rest.firstMatch(of: #/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)/#) {
            let before = String(rest[..<found.range.lowerBound])
            let (code, strong, link) = (found.1, found.2, found.3)
            let marked: HTML =
                if let code { "<code>\(String(code))</code>" } else if let strong {
                    "<strong>\(String(strong))</strong>"
                } else { HTML(String(link ?? "")) }
            html = "\(html)\(before)\(marked)"
            rest = rest[found.range.upperBound...]
        }
        self = "\(html)\(String(rest))"
    }
}
