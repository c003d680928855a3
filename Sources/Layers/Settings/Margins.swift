import Autograd
import Schema

extension Margins: Setting {
    private static let longest = 65_536

    /// `1`, `[1, 2]` for height and width, or `[[1, 2], [3, 4]]` for top, bottom, left and right.
    package static var format: Format<Margins> {
        let length = Int.format(in: 0...longest)
        let both = Format<[Int]>.list(of: length, count: 2...2)
        let side = Format<[Int]>(
            expecting: "\(length.expectation), or two in an array",
            schema: { definitions in ["anyOf": [length.schema(&definitions), both.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil { return both.read(place, &problems) }
                return length.read(place, &problems).map { [$0, $0] }
            },
            write: { $0[0] == $0[1] ? length.write($0[0]) : both.write($0) })
        let sides = Format<[[Int]]>.list(of: side, count: 2...2)
        let expectation = "\(length.expectation), one for height and one for width in an array, or two for each"
        return Format(
            expecting: expectation,
            schema: { definitions in ["anyOf": [length.schema(&definitions), sides.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil {
                    return sides.read(place, &problems).map {
                        Margins(top: $0[0][0], bottom: $0[0][1], left: $0[1][0], right: $0[1][1])
                    }
                }
                guard case .integer = place.json.content else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                return length.read(place, &problems).map { Margins($0) }
            },
            write: { margins in
                margins == Margins(margins.top)
                    ? length.write(margins.top)
                    : sides.write([[margins.top, margins.bottom], [margins.left, margins.right]])
            })
    }

    /// The same on all sides.
    init(_ side: Int) { self.init(top: side, bottom: side, left: side, right: side) }
}
