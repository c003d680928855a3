/// How one kind of value is read, written and documented: the one mechanism that everything else here is made of.
///
/// A type that has one natural format is a `Setting`; formats by themselves serve where a field wants a narrower one
/// (`.list(of: Int.format(in: 1...), count: 1...4)`) or holds an existential (`.list(of: layers.format)`).
package struct Format<Value>: Sendable {
    /// What is expected, as messages and the reference say it: `a whole number from 1 to 64`.
    package let expectation: String

    /// Reads the value at a place; nil after having appended why not.
    package let read: @Sendable (Place, inout Problems) -> Value?

    /// The value as JSON, every default written out.
    package let write: @Sendable (Value) -> JSON

    /// The JSON Schema of what `read` accepts.
    package let schema: @Sendable (inout Definitions) -> JSON

    /// A format that appends its own problems.
    package init(
        expecting expectation: String,
        schema: @escaping @Sendable (inout Definitions) -> JSON,
        read: @escaping @Sendable (Place, inout Problems) -> Value?,
        write: @escaping @Sendable (Value) -> JSON
    ) {
        self.expectation = expectation
        self.schema = schema
        self.read = read
        self.write = write
    }

    /// A format whose only problem is to find something else than expected, for which `parse` returns nil.
    package init(
        expecting expectation: String, schema: JSON,
        parse: @escaping @Sendable (JSON) -> Value?,
        write: @escaping @Sendable (Value) -> JSON
    ) {
        self.init(
            expecting: expectation,
            schema: { _ in schema },
            read: { place, problems in
                if let value = parse(place.json) { return value }
                problems.append(place.mismatch(expectation))
                return nil
            },
            write: write)
    }

    /// The words that a value is chosen from; empty where it can be anything.
    package var words: [String] {
        var definitions = Definitions()
        return schema(&definitions)["enum"]?.elements?.compactMap(\.text) ?? []
    }

    /// Reads a whole document, or throws everything that is wrong with it in the order of its text.
    package func value(from json: JSON, path: Path = .root) throws(Problems) -> Value {
        var problems = Problems()
        let value = read(Place(json, path: path), &problems)
        guard let value, problems.isEmpty else { throw problems.sorted }
        return value
    }
}

extension Place {
    /// The problem that something else stands here.
    package func mismatch(_ expectation: String) -> Problem {
        problem("expected \(expectation), found \(json.finding)")
    }
}
