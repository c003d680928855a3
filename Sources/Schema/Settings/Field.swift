/// One key of a described type: where its value goes, what it may be, what it means.
///
///     Field.required("filters", \.filters, in: 1...65_536, "how many feature maps")
///     Field.optional("activation", \.activation, "what is applied to the sum")
package struct Field<Root> {
    package let name: String

    /// What the value means, as the part of a sentence.
    package let summary: String

    /// Whether the key must be given; otherwise its default is what `Root()` holds.
    package let isRequired: Bool

    /// What the value may be, in words.
    package let expectation: String

    let read: (Place, inout Root, inout Problems) -> Void
    let write: (Root) -> JSON
    let schema: (inout Definitions) -> JSON

    private init<Value>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, _ format: Format<Value>, isRequired: Bool,
        _ summary: String
    ) {
        self.name = name
        self.summary = summary
        self.isRequired = isRequired
        expectation = format.expectation
        read = { place, root, problems in
            if let value = format.read(place, &problems) { root[keyPath: path] = value }
        }
        write = { format.write($0[keyPath: path]) }
        schema = format.schema
    }
}

extension Field {
    /// A key that must be given.
    package static func required<Value: Setting>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, _ summary: String
    ) -> Field {
        Field(name, path, Value.format, isRequired: true, summary)
    }

    /// A key that must be given, with a value (or values) within bounds.
    package static func required<Value: Ranged>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, in bounds: some Bounds<Value.Bound>, _ summary: String
    ) -> Field {
        Field(name, path, Value.format(in: bounds), isRequired: true, summary)
    }

    /// A key that must be given, in a format of its own.
    package static func required<Value>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, as format: Format<Value>, _ summary: String
    ) -> Field {
        Field(name, path, format, isRequired: true, summary)
    }

    /// A key that may be left out.
    package static func optional<Value: Setting>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, _ summary: String
    ) -> Field {
        Field(name, path, Value.format, isRequired: false, summary)
    }

    /// A key that may be left out, with a value (or values) within bounds.
    package static func optional<Value: Ranged>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, in bounds: some Bounds<Value.Bound>, _ summary: String
    ) -> Field {
        Field(name, path, Value.format(in: bounds), isRequired: false, summary)
    }

    /// A key that may be left out, in a format of its own.
    package static func optional<Value>(
        _ name: String, _ path: WritableKeyPath<Root, Value>, as format: Format<Value>, _ summary: String
    ) -> Field {
        Field(name, path, format, isRequired: false, summary)
    }
}
