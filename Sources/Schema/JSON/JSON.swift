/// A JSON value that remembers where it was written.
///
/// Values read from a file have positions, so that a problem found much later still points at its line; values built
/// by the program have none. Equality compares what is said, not where.
///
///     let report: JSON = ["epochs": 15, "loss": JSON(0.031), "labels": ["zero", "one"]]
///     print(report.pretty)
package struct JSON: Sendable {
    /// The value itself.
    package var content: Content

    /// Where the value begins in the text it was read from; nil for values that were built.
    package var position: Position?

    /// The seven kinds: JSON's six, with whole numbers apart, because a count is not a measurement.
    package enum Content: Sendable, Equatable {
        case null
        case bool(Bool)
        case integer(Int)
        case number(Double)
        case string(String)
        case array([JSON])
        case object([Member])
    }

    /// One `key: value` of an object, in the order of the text.
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: JSON

        /// Where the key's opening quote stands.
        package var keyPosition: Position?

        /// A member that was built rather than read, unless a position is given.
        package init(_ key: String, _ value: JSON, keyPosition: Position? = nil) {
            self.key = key
            self.value = value
            self.keyPosition = keyPosition
        }

        /// The same key with an equal value, wherever both stand.
        package static func == (a: Member, b: Member) -> Bool {
            a.key == b.key && a.value == b.value
        }
    }

    /// A value at a place in a text, or at none.
    package init(_ content: Content, at position: Position? = nil) {
        self.content = content
        self.position = position
    }

    /// Any setting as JSON, with all its defaults written out.
    package init(_ setting: some Setting) {
        self = setting.json
    }
}

/// A place in a text, both counted from one; columns count Unicode scalars, as editors do for most scripts.
package struct Position: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    /// What was read in place of the file, such as `--set training.epochs=0`; nil for the file itself.
    package var source: String?

    /// The place at a line and column counted from one.
    package init(line: Int, column: Int, source: String? = nil) {
        self.line = line
        self.column = column
        self.source = source
    }

    /// Whether `a` stands before `b` in the text; the file comes before everything else.
    package static func < (a: Position, b: Position) -> Bool {
        switch (a.source, b.source) {
        case (nil, _?): true
        case (_?, nil): false
        case (let first?, let second?) where first != second: first < second
        default: (a.line, a.column) < (b.line, b.column)
        }
    }
}

extension JSON: Equatable {
    /// Equal content in equal order; `1` and `1.0` differ, positions do not matter.
    package static func == (a: JSON, b: JSON) -> Bool {
        a.content == b.content
    }
}
