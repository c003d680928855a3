/// What a picture consists of, in the order in which it is painted: a few kinds of shapes with places in pixels, x to the
/// right and y down. Charts make drawings; SVG and PNG are written from them.
///
///     var drawing = Drawing(width: 200, height: 100, title: "a line")
///     drawing.add(.lines([[Drawing.Point(10, 90), Drawing.Point(190, 10)]], Drawing.Stroke(.ink)))
///     try AtomicFile.write(drawing.svg, to: "line.svg")
package struct Drawing: Sendable {
    package var width: Double
    package var height: Double

    /// What a screen reader says first.
    package var title: String

    /// What it says next.
    package var description: String

    package private(set) var shapes: [Shape] = []

    /// An empty drawing on a plain surface.
    package init(width: Double, height: Double, title: String, description: String = "") {
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// Paints a shape over what is there.
    package mutating func add(_ shape: Shape) {
        shapes.append(shape)
    }
}

extension Drawing {
    package enum Shape: Sendable {
        /// Polylines with round corners and ends.
        case lines([[Point]], Stroke)
        /// A polygon; where it covers itself it stays filled.
        case area([Point], Paint, opacity: Double)
        /// The tip appears when a pointer rests on the rectangle.
        case rectangle(Box, Paint, tip: String?)
        /// Many rectangles of one colour.
        case rectangles([Box], Paint)
        case dots([Point], radius: Double, Paint, opacity: Double)
        case text(Label)
        /// Pixels that stay square, whatever the size.
        case image(PixelImage, Box, tip: String?)
        /// Nothing to be seen, but a place at which a pointer is told something; only on pages.
        case target(Box, tip: String)
    }

    package struct Stroke: Sendable, Hashable {
        package var paint: Paint
        package var width: Double
        /// Lengths of dashes and gaps in turn; none for a line without gaps.
        package var dashes: [Double]
        package var opacity: Double

        package init(_ paint: Paint, width: Double = 1, dashes: [Double] = [], opacity: Double = 1) {
            self.paint = paint
            self.width = width
            self.dashes = dashes
            self.opacity = opacity
        }
    }

    /// One line of text.
    package struct Label: Sendable {
        package enum Anchor: Sendable, Hashable { case start, middle, end }

        package var text: String
        /// A point of the baseline: where the text begins, its middle, or where it ends.
        package var place: Point
        package var size: Double
        package var paint: Paint
        package var anchor: Anchor
        package var isBold: Bool
        /// Degrees, clockwise, around `place`.
        package var angle: Double
        /// The whole of a text that is shown shortened.
        package var tip: String?
        /// Whether a rim in the colour of the surface keeps it readable on lines.
        package var hasHalo: Bool

        package init(
            _ text: String, at place: Point, size: Double = 11, paint: Paint = .ink, anchor: Anchor = .start,
            isBold: Bool = false, angle: Double = 0, tip: String? = nil, hasHalo: Bool = false
        ) {
            self.text = text
            self.place = place
            self.size = size
            self.paint = paint
            self.anchor = anchor
            self.isBold = isBold
            self.angle = angle
            self.tip = tip
            self.hasHalo = hasHalo
        }
    }
}
