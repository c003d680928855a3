import Schema

/// One number for all, or one for each: `0.5` or `[0.5, 0.4, 0.3]`.
package struct Numbers: Ranged, Hashable {
    /// One of them stands for any count.
    let values: [Double]
    /// Whether they were written as a list.
    let isList: Bool

    package init(_ value: Double) {
        values = [value]
        isList = false
    }

    init(_ values: [Double]) {
        self.values = values
        isList = true
    }

    package static func format(in interval: Interval<Double>) -> Format<Numbers> {
        let one = Double.format(in: interval)
        let many = Format<[Double]>.list(of: one, count: 1...)
        let expectation = "\(one.expectation), or several in an array"
        return Format(
            expecting: expectation,
            schema: { definitions in ["anyOf": [one.schema(&definitions), many.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil {
                    return many.read(place, &problems).map { Numbers($0) }
                }
                switch place.json.content {
                case .integer, .number: return one.read(place, &problems).map { Numbers($0) }
                default:
                    problems.append(place.mismatch(expectation))
                    return nil
                }
            },
            write: { $0.isList ? many.write($0.values) : one.write($0.values[0]) })
    }

    /// One for each of `count` channels, or nil if there are neither as many nor one for all.
    func floats(count: Int) -> [Float]? {
        guard values.count == count || values.count == 1 else { return nil }
        return values.count == count
            ? values.map { Float($0) } : [Float](repeating: Float(values[0]), count: count)
    }
}
