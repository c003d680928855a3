import Foundation

/// A font whose letters are drawn with a round pen: it needs no file, and any size and weight looks right.
package struct StrokeFont: Sendable {
    /// The height of a line, nearly: what other programs call the size of a font.
    package let size: Double
    package let isBold: Bool

    package init(size: Double, isBold: Bool = false) {
        self.size = size
        self.isBold = isBold
    }

    var penWidth: Double { size * (isBold ? 0.125 : 0.085) }

    /// How far a text reaches.
    package func width(of text: String) -> Double {
        text.reduce(0) { $0 + Self.glyph(of: $1).width + tracking } * unit
    }

    private var unit: Double { size / 100 * (isBold ? 1.03 : 1) }

    /// What is added between letters, in hundredths of the size: thick lines need more.
    private var tracking: Double { isBold ? 5 : 2 }

    /// The polylines of a label, whose own size and weight are not looked at.
    func strokes(of label: Drawing.Label) -> [[Drawing.Point]] {
        var x = 0.0
        switch label.anchor {
        case .start: break
        case .middle: x = -width(of: label.text) / 2
        case .end: x = -width(of: label.text)
        }
        let (sine, cosine) = label.angle == 0 ? (0, 1) : (sin(label.angle / 180 * .pi), cos(label.angle / 180 * .pi))
        var strokes: [[Drawing.Point]] = []
        for character in label.text {
            let glyph = Self.glyph(of: character)
            for stroke in glyph.strokes {
                strokes.append(
                    stroke.map { point in
                        let (right, down) = (x + point.x * unit, -point.y * size / 100)
                        return label.place + Drawing.Point(right * cosine - down * sine, right * sine + down * cosine)
                    })
            }
            x += (glyph.width + tracking) * unit
        }
        return strokes
    }
}

extension StrokeFont {
    private struct Glyph: Sendable {
        var width: Double
        var strokes: [[Drawing.Point]]

        init(width: Double, path: some StringProtocol) {
            self.width = width
            strokes = Self.strokes(path)
        }

        /// The path's curves as short lines.
        static func strokes(_ path: some StringProtocol) -> [[Drawing.Point]] {
            var strokes: [[Drawing.Point]] = []
            var rest = path[...]
            while let command = rest.popFirst() {
                let numbers = rest.prefix { !"MLQ".contains($0) }
                rest = rest.dropFirst(numbers.count)
                let values = numbers.split(separator: " ").map { Double($0) ?? 0 }
                let points = stride(from: 0, to: values.count - 1, by: 2).map {
                    Drawing.Point(values[$0], values[$0 + 1])
                }
                guard let end = points.last else { continue }
                if command == "M" { strokes.append([]) }
                if command == "Q", let start = strokes[strokes.count - 1].last {
                    let pieces = 10
                    for piece in 1..<pieces {
                        let t = Double(piece) / Double(pieces)
                        let (a, b) = (start + (points[0] - start) * t, points[0] + (end - points[0]) * t)
                        strokes[strokes.count - 1].append(a + (b - a) * t)
                    }
                }
                strokes[strokes.count - 1].append(end)
            }
            return strokes
        }
    }

    private static let glyphs: [Character: Glyph] = {
        var glyphs: [Character: Glyph] = [" ": Glyph(width: 28, path: ""), "\u{A0}": Glyph(width: 28, path: "")]
        for line in Glyphs.table.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard let character = line.first, parts.count == 3, let width = Double(parts[1]) else { continue }
            glyphs[character] = Glyph(width: width, path: parts[2])
        }
        for (character, base) in Glyphs.substitutes { glyphs[character] = glyphs[base] }
        for (character, base) in Glyphs.raised {
            guard var glyph = glyphs[base] else { continue }
            glyph.width *= 0.6
            glyph.strokes = glyph.strokes.map { $0.map { Drawing.Point($0.x * 0.6, $0.y * 0.6 + 36) } }
            glyphs[character] = glyph
        }
        return glyphs
    }()

    private static let unknown = Glyph(width: 56, path: Glyphs.unknown)

    private static func glyph(of character: Character) -> Glyph {
        glyphs[character] ?? accented(character) ?? unknown
    }

    /// A letter and what stands above or below it.
    private static func accented(_ character: Character) -> Glyph? {
        let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
        guard scalars.count > 1, let base = scalars.first, var glyph = glyphs[Character(base)] else { return nil }
        let rise = base.properties.isUppercase ? 18.0 : 0
        for scalar in scalars.dropFirst() {
            guard let path = Glyphs.accents[scalar] else { return nil }
            let isBelow = path.contains("-")
            glyph.strokes += Glyph.strokes(path).map { stroke in
                stroke.map { Drawing.Point($0.x + glyph.width / 2 - 28, $0.y + (isBelow ? 0 : rise)) }
            }
        }
        return glyph
    }
}
