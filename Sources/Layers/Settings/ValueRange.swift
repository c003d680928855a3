import Schema

/// The values that images may have: `[0, 1]`.
package struct ValueRange: Setting, Hashable {
    let lower, upper: Double

    /// Black and white, once the pixels of files are divided by 255.
    static let unit = ValueRange(lower: 0, upper: 1)

    package static var format: Format<ValueRange> {
        let pair = Format<[Double]>.list(of: Double.format, count: 2...2)
        return Format(
            expecting: pair.expectation, schema: pair.schema,
            read: { place, problems in
                pair.read(place, &problems).map { ValueRange(lower: min($0[0], $0[1]), upper: max($0[0], $0[1])) }
            },
            write: { pair.write([$0.lower, $0.upper]) })
    }

    var floats: ClosedRange<Float> { Float(lower)...Float(upper) }
}
