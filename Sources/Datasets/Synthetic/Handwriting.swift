import Tensors

/// One digit as one hand writes it once: its habit's strokes, deformed, placed as MNIST places digits.
///
/// Arithmetic is limited to what IEEE 754 rounds alike everywhere (no sine, no power), so that every machine draws the
/// same digits.
struct Handwriting {
    /// A short straight piece of the pen's way, in pixels.
    struct Piece {
        var from: Point
        var to: Point
        var radius: Double
    }

    private(set) var pieces: [Piece] = []

    /// Straight pieces between two points of a shape: fine enough for pixels.
    private static let piecesPerSpan = 5

    /// MNIST scales the larger side of a digit to 20 pixels and centres its mass in 28.
    private static let boxSize = 20.0
    private static let center = 14.0

    init(digit: Int, draws: inout Draws) {
        let habits = DigitShapes.habits[digit]
        let strokes = habits[draws.integer(below: habits.count)]

        let deform = Deformation(&draws)
        // Small digits are written with a fine pen, or their loops would fill.
        let scale = 1 - 0.18 * draws.uniform()
        let radius = scale * (0.5 + 0.9 * draws.uniform() + 0.4 * draws.uniform())
        for stroke in strokes {
            let points = stroke.map { point in deform(point, &draws) }
            let pressure = 0.16 * draws.normal(within: 2)
            addCurve(through: points, radius: radius, pressure: pressure)
        }
        let shift = Point(0.9 * draws.normal(within: 2), 0.9 * draws.normal(within: 2))
        place(scale: scale, shift: shift)
    }

    /// A Catmull–Rom curve: it passes through its points, and each point bends only its neighbourhood.
    private mutating func addCurve(through points: [Point], radius: Double, pressure: Double) {
        var last = points[0]
        let spans = points.count - 1
        for span in 0..<spans {
            let a = points[max(span - 1, 0)]
            let b = points[span]
            let c = points[span + 1]
            let d = points[min(span + 2, spans)]
            for step in 1...Self.piecesPerSpan {
                let t = Double(step) / Double(Self.piecesPerSpan)
                let next = Point(
                    Self.curve(a.x, b.x, c.x, d.x, t),
                    Self.curve(a.y, b.y, c.y, d.y, t))
                let way = (Double(span) + t) / Double(spans) - 0.5
                pieces.append(Piece(from: last, to: next, radius: radius * (1 + pressure * way)))
                last = next
            }
        }
    }

    private static func curve(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ t: Double) -> Double {
        let cubic = (3 * (b - c) + d - a) * t
        let square = (2 * a - 5 * b + 4 * c - d + cubic) * t
        return b + 0.5 * t * (c - a + square)
    }

    /// From the unit square to pixels: the larger side fills the box, the centre of mass comes to the middle.
    private mutating func place(scale: Double, shift: Point) {
        var low = pieces[0].from
        var high = low
        var mass = 0.0
        var moment = Point(0, 0)
        for piece in pieces {
            low = Point(min(low.x, piece.to.x), min(low.y, piece.to.y))
            high = Point(max(high.x, piece.to.x), max(high.y, piece.to.y))
            let (dx, dy) = (piece.to.x - piece.from.x, piece.to.y - piece.from.y)
            let weight = (dx * dx + dy * dy).squareRoot() * piece.radius
            mass += weight
            moment.x += weight * (piece.from.x + piece.to.x) / 2
            moment.y += weight * (piece.from.y + piece.to.y) / 2
        }
        let size = max(high.x - low.x, high.y - low.y)
        let factor = (Self.boxSize - 2 * pieces[0].radius) * scale / size
        let offset = Point(
            Self.center + shift.x - factor * moment.x / mass, Self.center + shift.y - factor * moment.y / mass)
        for index in pieces.indices {
            let (from, to) = (pieces[index].from, pieces[index].to)
            pieces[index].from = Point(offset.x + factor * from.x, offset.y + factor * from.y)
            pieces[index].to = Point(offset.x + factor * to.x, offset.y + factor * to.y)
        }
    }
}

/// What one hand does to all points alike, and the tremor that it adds to each.
private struct Deformation {
    private let widening: Double
    private let slant: Double
    private let bend: Double
    private let swell: Double
    private let cosine: Double
    private let sine: Double
    private let tremor: Double

    init(_ draws: inout Draws) {
        widening = 1 + 0.18 * draws.normal(within: 2)
        slant = -0.15 + 0.27 * draws.normal(within: 2)
        bend = 0.35 * draws.normal(within: 2)
        swell = 0.25 * draws.normal(within: 2)
        tremor = 0.02 + 0.03 * draws.uniform()
        // The tangent of half the angle gives both without a sine.
        let half = 0.07 * draws.normal(within: 2)
        cosine = (1 - half * half) / (1 + half * half)
        sine = 2 * half / (1 + half * half)
    }

    func callAsFunction(_ point: Point, _ draws: inout Draws) -> Point {
        let y = point.y - 0.5 + tremor * draws.normal(within: 2)
        var x = point.x - 0.5 + tremor * draws.normal(within: 2)
        x = x * widening * (1 + swell * y) + slant * y + bend * (y * y - 0.1)
        return Point(x * cosine - y * sine, x * sine + y * cosine)
    }
}

/// The random numbers of one image, one after the other.
struct Draws {
    private let source: RandomSource
    private var index = 0

    init(_ source: RandomSource) {
        self.source = source
    }

    mutating func uniform() -> Double {
        index += 1
        return source.uniform(at: index)
    }

    mutating func integer(below bound: Int) -> Int {
        index += 1
        return source.integer(below: bound, at: index)
    }

    /// Normal, with what lies beyond so many deviations put at the border: no digit is torn to pieces.
    mutating func normal(within limit: Double) -> Double {
        index += 1
        return min(max(source.normal(at: index), -limit), limit)
    }
}
