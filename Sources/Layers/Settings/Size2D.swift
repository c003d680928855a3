import Schema

/// Height and width, written as `3` or `[3, 2]`.
package struct Size2D: Ranged, Hashable {
    /// Along the vertical axis.
    package var height: Int
    /// Along the horizontal axis.
    package var width: Int

    /// The same along both axes.
    package init(_ side: Int) {
        height = side
        width = side
    }

    /// Different along the axes.
    package init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// Longer windows and strides than any image has would only overflow.
    static let bounds = 1...65_536

    var pair: (vertical: Int, horizontal: Int) { (height, width) }

    package static func format(in sides: Interval<Int>) -> Format<Size2D> {
        let side = Int.format(in: sides)
        let pair = Format<[Int]>.list(of: side, count: 2...2)
        return Format(
            expecting: "\(side.expectation), or two in an array",
            schema: { definitions in ["anyOf": [side.schema(&definitions), pair.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil {
                    return pair.read(place, &problems).map { Size2D(height: $0[0], width: $0[1]) }
                }
                return side.read(place, &problems).map { Size2D($0) }
            },
            write: { $0.height == $0.width ? side.write($0.height) : pair.write([$0.height, $0.width]) })
    }
}
