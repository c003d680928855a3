/// The values between two bounds, each of which may be included, excluded or absent.
package struct Interval<Bound: Comparable> {
    /// One end of an interval.
    package struct End {
        package var bound: Bound
        package var isIncluded: Bool
    }

    package var lower: End?
    package var upper: End?

    /// Every value there is.
    package static var unlimited: Interval { Interval(lower: nil, upper: nil) }

    /// Whether a value lies within; what has no order, as NaN, lies in no interval that has an end.
    package func contains(_ value: Bound) -> Bool {
        if let lower, !(lower.isIncluded ? value >= lower.bound : value > lower.bound) { return false }
        if let upper, !(upper.isIncluded ? value <= upper.bound : value < upper.bound) { return false }
        return true
    }

    /// What follows "a number": ` from 1 to 8`, ` above 0`, ` of at least 0 and below 1`, or nothing.
    var phrase: String {
        let least = lower.map { $0.isIncluded ? "of at least \(brief($0.bound))" : "above \(brief($0.bound))" }
        let most = upper.map { $0.isIncluded ? "at most \(brief($0.bound))" : "below \(brief($0.bound))" }
        switch (lower, upper) {
        case (let lower?, let upper?) where lower.isIncluded && upper.isIncluded:
            return lower.bound == upper.bound
                ? " \(brief(lower.bound))" : " from \(brief(lower.bound)) to \(brief(upper.bound))"
        case (nil, let upper?) where upper.isIncluded:
            return " of at most \(brief(upper.bound))"
        default:
            let parts = [least, most].compactMap(\.self)
            return parts.isEmpty ? "" : " " + parts.joined(separator: " and ")
        }
    }

    /// JSON Schema's words for the bounds, `minimum` and so on, or those for lengths.
    func constraints(_ write: (Bound) -> JSON) -> [JSON.Member] {
        var members: [JSON.Member] = []
        if let lower { members.append(.init(lower.isIncluded ? "minimum" : "exclusiveMinimum", write(lower.bound))) }
        if let upper { members.append(.init(upper.isIncluded ? "maximum" : "exclusiveMaximum", write(upper.bound))) }
        return members
    }

    private func brief(_ bound: Bound) -> String {
        let text = "\(bound)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension Interval: Sendable where Bound: Sendable {}
extension Interval.End: Sendable where Bound: Sendable {}

/// What can be said as an interval: Swift's ranges, and `.above(0)`, for which Swift has no range.
package protocol Bounds<Bound> {
    associatedtype Bound: Comparable

    var interval: Interval<Bound> { get }
}

extension Interval: Bounds {
    package var interval: Interval { self }
}

extension Bounds {
    /// Everything greater than the bound, which is excluded.
    package static func above<Limit>(_ bound: Limit) -> Self where Self == Interval<Limit> {
        Interval(lower: .init(bound: bound, isIncluded: false), upper: nil)
    }

    /// Everything greater than a bound, which is excluded, up to another one, which is included.
    package static func above<Limit>(_ lower: Limit, upTo upper: Limit) -> Self where Self == Interval<Limit> {
        Interval(lower: .init(bound: lower, isIncluded: false), upper: .init(bound: upper, isIncluded: true))
    }

    /// Everything between two bounds, which both are excluded.
    package static func between<Limit>(_ lower: Limit, _ upper: Limit) -> Self where Self == Interval<Limit> {
        Interval(lower: .init(bound: lower, isIncluded: false), upper: .init(bound: upper, isIncluded: false))
    }
}

extension ClosedRange: Bounds {
    package var interval: Interval<Bound> {
        Interval(lower: .init(bound: lowerBound, isIncluded: true), upper: .init(bound: upperBound, isIncluded: true))
    }
}

extension Range: Bounds {
    package var interval: Interval<Bound> {
        Interval(lower: .init(bound: lowerBound, isIncluded: true), upper: .init(bound: upperBound, isIncluded: false))
    }
}

extension PartialRangeFrom: Bounds {
    package var interval: Interval<Bound> {
        Interval(lower: .init(bound: lowerBound, isIncluded: true), upper: nil)
    }
}

extension PartialRangeThrough: Bounds {
    package var interval: Interval<Bound> {
        Interval(lower: nil, upper: .init(bound: upperBound, isIncluded: true))
    }
}
