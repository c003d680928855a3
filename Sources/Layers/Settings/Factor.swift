import Schema

/// How far something is changed at random: `0.2`, or `[-0.1, 0.3]` for the bounds of a uniform distribution.
package struct Factor: Ranged, Hashable {
    /// One number or two, as they were written.
    private let numbers: [Double]

    init(_ number: Double) { numbers = [number] }

    init(_ first: Double, _ second: Double) { numbers = [first, second] }

    /// The number, if there is only one.
    var single: Double? { numbers.count == 1 ? numbers[0] : nil }

    /// Two bounds in order; of a single number, both signs.
    var bothSides: ClosedRange<Double> {
        let (first, last) = (numbers[0], numbers[numbers.count - 1])
        if numbers.count == 1 { return -first.magnitude...first.magnitude }
        return min(first, last)...max(first, last)
    }

    /// Two bounds in order; of a single number, zero and it.
    var fromZero: ClosedRange<Double> {
        numbers.count == 1 ? min(0, numbers[0])...max(0, numbers[0]) : bothSides
    }

    /// From the smaller number below a middle to the larger one above it.
    func around(_ middle: Double) -> ClosedRange<Double> {
        let (first, last) = (numbers[0], numbers[numbers.count - 1])
        return middle - min(first, last)...middle + max(first, last)
    }

    package static func format(in bounds: Interval<Double>) -> Format<Factor> {
        let number = Double.format(in: bounds)
        let pair = Format<[Double]>.list(of: number, count: 2...2)
        return Format(
            expecting: "\(number.expectation), or two in an array",
            schema: { definitions in ["anyOf": [number.schema(&definitions), pair.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil { return pair.read(place, &problems).map { Factor($0[0], $0[1]) } }
                return number.read(place, &problems).map { Factor($0) }
            },
            write: { $0.numbers.count == 1 ? number.write($0.numbers[0]) : pair.write($0.numbers) })
    }
}
