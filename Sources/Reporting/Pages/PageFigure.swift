/// A plot within a page, drawn once for wide screens and once for narrow ones, so that its text keeps a size that can be read.
package struct PageFigure: Sendable {
    package var plot: Plot
    /// What a screen reader says in its place.
    package var alt: String
    package var caption: HTML

    /// The page's headings say what the plot's own title would.
    package init(_ plot: Plot, alt: String, caption: HTML = "") {
        self.plot = plot
        self.plot.title = ""
        self.plot.subtitle = ""
        self.alt = alt
        self.caption = caption
    }

    /// What a telephone shows.
    private static let narrowWidth = 372.0

    var html: HTML {
        var narrow = plot
        narrow.width = Self.narrowWidth
        narrow.columns = 1
        let below: HTML = caption == "" ? "" : "<figcaption>\(caption)</figcaption>"
        return """
            <figure><div class="wide">\(svg(plot))</div><div class="narrow">\(svg(narrow))</div>\(below)</figure>

            """
    }

    private func svg(_ plot: Plot) -> HTML {
        var drawing = plot.drawing
        drawing.title = alt
        return HTML(trusting: drawing.svg(withTargets: true))
    }
}
