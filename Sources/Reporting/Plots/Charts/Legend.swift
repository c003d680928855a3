/// A name and how what bears it looks.
package struct LegendKey: Sendable, Hashable {
    package enum Sample: Sendable, Hashable {
        case line(dashes: [Double])
        case dot, box
    }

    package var name: String
    package var paint: Paint
    package var sample: Sample
    /// Whether it is of what only accompanies others, which is not drawn in characters.
    var isSecondary: Bool

    package init(_ name: String, paint: Paint, sample: Sample = .line(dashes: []), isSecondary: Bool = false) {
        self.name = name
        self.paint = paint
        self.sample = sample
        self.isSecondary = isSecondary
    }
}

/// Keys in rows above the panels, where they cover no data.
struct Legend {
    private let keys: [LegendKey]
    private let countOfMore: Int

    private static let rowHeight = 17.0
    private static let longestName = 200.0
    /// Nobody finds one name among more.
    private static let mostKeys = 28

    init(_ keys: [LegendKey]) {
        self.keys = Array(keys.prefix(Self.mostKeys))
        countOfMore = max(0, keys.count - Self.mostKeys)
    }

    var isEmpty: Bool { keys.isEmpty }

    /// Draws the keys and returns the height that they take.
    func draw(at place: Drawing.Point, width: Double, on drawing: inout Drawing) -> Double {
        var (x, y) = (place.x, place.y)
        func advance(_ room: Double) {
            if x > place.x, x + room > place.x + width {
                x = place.x
                y += Self.rowHeight
            }
        }
        for key in keys {
            let room = 26 + min(Self.longestName, roomFor(key.name)) + 16
            advance(room - 16)
            drawSample(of: key, at: Drawing.Point(x, y + 8.5), on: &drawing)
            drawing.add(label(key.name, at: .init(x + 26, y + 12.5), within: Self.longestName))
            x += room
        }
        if countOfMore > 0 {
            let text = "and \(grouped(countOfMore)) more"
            advance(roomFor(text))
            drawing.add(label(text, at: .init(x, y + 12.5), within: width, paint: .muted))
        }
        return y + Self.rowHeight - place.y
    }

    private func drawSample(of key: LegendKey, at place: Drawing.Point, on drawing: inout Drawing) {
        switch key.sample {
        case .line(let dashes):
            let ends = [place, Drawing.Point(place.x + 20, place.y)]
            drawing.add(.lines([ends], Drawing.Stroke(key.paint, width: 2.2, dashes: dashes)))
        case .dot:
            drawing.add(.dots([Drawing.Point(place.x + 12, place.y)], radius: 4, key.paint, opacity: 1))
        case .box:
            drawing.add(
                .rectangle(Drawing.Box(x: place.x + 6, y: place.y - 5.5, width: 11, height: 11), key.paint, tip: nil))
        }
    }
}
