extension Drawing {
    /// The picture as a file of its own that can also stand within a page: no scripts, nothing from elsewhere, no ids.
    ///
    /// Colours are classes whose names decide their values, so pictures that share a page do not disturb each other.
    package var svg: String { svg(withTargets: false) }

    /// The same, with the places that tell a pointer something if it is to.
    func svg(withTargets: Bool) -> String {
        var writer = SVGWriter(withTargets: withTargets)
        for shape in shapes { writer.write(shape) }
        let size = "\(svgNumber(width)) \(svgNumber(height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(svgNumber(width))" \
            height="\(svgNumber(height))" role="img" font-family="system-ui,-apple-system,'Segoe UI',Roboto,\
            Helvetica,Arial,sans-serif">
            <title>\(escaped(title))</title>
            \(description.isEmpty ? "" : "<desc>\(escaped(description))</desc>\n")\(writer.styleSheet)
            <rect class="plot-surface" fill="currentColor" width="100%" height="100%"/>
            \(writer.finish())
            </svg>

            """
    }
}

/// Shapes as elements; neighbours that look alike share a group, which says it once.
private struct SVGWriter {
    let withTargets: Bool
    private var paints: [Paint] = [.surface]
    private var body = ""
    private var group = ""

    init(withTargets: Bool) { self.withTargets = withTargets }

    /// The values of every colour that is used.
    var styleSheet: String {
        let used = Set(paints).sorted { $0.name < $1.name }
        func rules(_ theme: Theme, _ paints: [Paint]) -> String {
            paints.map { ".plot-\($0.name){color:\($0.color(in: theme).hex)}" }.joined()
        }
        let changing = rules(.dark, used.filter { $0.light != $0.dark })
        return "<style>\(rules(.light, used))@media screen and (prefers-color-scheme:dark){\(changing)}</style>"
    }

    mutating func finish() -> String {
        open("")
        return body
    }

    mutating func write(_ shape: Drawing.Shape) {
        switch shape {
        case .lines(let lines, let stroke):
            open("fill=\"none\" \(stroked(stroke)) stroke-linecap=\"round\" stroke-linejoin=\"round\"")
            body += "<path d=\"\(lines.map { svgPath($0) }.joined())\"/>"
        case .area(let points, let paint, let opacity):
            open(filled(paint) + (opacity < 1 ? " fill-opacity=\"\(svgNumber(opacity, digits: 2))\"" : ""))
            body += "<path d=\"\(svgPath(points))z\"/>"
        case .rectangle(let box, let paint, let tip):
            open(filled(paint))
            body += element("rect", place(box), tip)
        case .rectangles(let boxes, let paint):
            open(filled(paint))
            body += "<path d=\"\(svgBoxes(boxes))\"/>"
        case .dots(let points, let radius, let paint, let opacity):
            // Lines without length and with round ends: a third of what circles take.
            let stroke = Drawing.Stroke(paint, width: 2 * radius, opacity: opacity)
            open("fill=\"none\" \(stroked(stroke)) stroke-linecap=\"round\"")
            body += "<path d=\"\(svgDots(points))\"/>"
        case .text(let label): write(label)
        case .image(let image, let box, let tip):
            open("")
            let data = base64(image.png)
            let attributes =
                "\(place(box)) preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
                + "href=\"data:image/png;base64,\(data)\""
            body += element("image", attributes, tip)
        case .target(let box, let tip):
            guard withTargets else { break }
            open("class=\"plot-target\" fill=\"none\" pointer-events=\"all\"")
            body += element("rect", place(box), tip)
        }
    }

    private mutating func write(_ label: Drawing.Label) {
        var attributes = "\(filled(label.paint)) font-size=\"\(svgNumber(label.size))\""
        if label.isBold { attributes += " font-weight=\"600\"" }
        switch label.anchor {
        case .start: break
        case .middle: attributes += " text-anchor=\"middle\""
        case .end: attributes += " text-anchor=\"end\""
        }
        open(attributes)
        if label.hasHalo { paints.append(.surface) }
        let (x, y) = (svgNumber(label.place.x), svgNumber(label.place.y))
        let text = "x=\"\(x)\" y=\"\(y)\""
        let turn = label.angle == 0 ? "" : " transform=\"rotate(\(svgNumber(label.angle)) \(x) \(y))\""
        let tip = label.tip.map { "<title>\(escaped($0))</title>" } ?? ""
        if label.hasHalo {
            body += "<text \(text)\(turn) class=\"plot-surface\" stroke=\"currentColor\" stroke-width=\"4\" "
            body += "stroke-linejoin=\"round\" aria-hidden=\"true\">\(escaped(label.text))</text>"
        }
        body += "<text \(text)\(turn)>\(tip)\(escaped(label.text))</text>"
    }

    /// Begins a group unless the one that is open says the same.
    private mutating func open(_ wanted: String) {
        guard wanted != group else { return }
        if !group.isEmpty { body += "</g>\n" }
        if !wanted.isEmpty { body += "<g \(wanted)>" }
        group = wanted
    }

    private func element(_ name: String, _ attributes: String, _ tip: String?) -> String {
        guard let tip else { return "<\(name) \(attributes)/>" }
        return "<\(name) \(attributes)><title>\(escaped(tip))</title></\(name)>"
    }

    private mutating func filled(_ paint: Paint) -> String {
        paints.append(paint)
        return "class=\"plot-\(paint.name)\" fill=\"currentColor\""
    }

    private mutating func stroked(_ stroke: Drawing.Stroke) -> String {
        paints.append(stroke.paint)
        let dashes = stroke.dashes.map { svgNumber($0) }.joined(separator: " ")
        return "class=\"plot-\(stroke.paint.name)\" stroke=\"currentColor\" stroke-width=\"\(svgNumber(stroke.width))\""
            + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"")
            + (stroke.opacity < 1 ? " stroke-opacity=\"\(svgNumber(stroke.opacity, digits: 2))\"" : "")
    }

    private func place(_ box: Drawing.Box) -> String {
        // Sides, not sizes, are rounded, so that neighbours keep touching.
        let (x, y) = (tenths(box.x), tenths(box.y))
        let (width, height) = (tenths(box.right) - x, tenths(box.bottom) - y)
        return "x=\"\(text(tenths: x))\" y=\"\(text(tenths: y))\" width=\"\(text(tenths: width))\" "
            + "height=\"\(text(tenths: height))\""
    }
}
