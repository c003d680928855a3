/// A type that can be the value of a field.
///
/// Bool, Int, Double, String, JSON, enums with words as raw values, `Described` types, and optionals and arrays of
/// settings are settings; a type that is written in a way of its own gives its format.
package protocol Setting: Sendable {
    /// How values are read, written and documented.
    static var format: Format<Self> { get }
}

extension Setting {
    /// Reads a value, or throws everything that is wrong with it.
    package init(from json: JSON, path: Path = .root) throws(Problems) {
        self = try Self.format.value(from: json, path: path)
    }

    /// The value as JSON, every default written out.
    package var json: JSON {
        Self.format.write(self)
    }
}

/// A setting whose values can be held to an interval: numbers, and what consists of numbers (then each of them is).
package protocol Ranged: Setting {
    associatedtype Bound: Comparable & Sendable

    /// The format that accepts only what lies in the interval.
    static func format(in interval: Interval<Bound>) -> Format<Self>
}

extension Ranged {
    package static var format: Format<Self> { format(in: .unlimited) }

    /// The format that accepts only what lies in the bounds: `Int.format(in: 1...)`.
    package static func format(in bounds: some Bounds<Bound>) -> Format<Self> {
        format(in: bounds.interval)
    }
}
