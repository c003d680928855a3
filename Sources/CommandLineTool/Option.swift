import Schema

/// What all options have in common, for scanning and for help.
package protocol AnyOption: Sendable {
    /// The name without its dashes.
    var name: String { get }

    /// What stands for the value in help, as `DIR`; nil where there is none.
    var placeholder: String? { get }

    /// A phrase for help.
    var summary: String { get }

    /// The words that a value is chosen from; empty where it can be anything.
    var words: [String] { get }

    /// The problems of a value; empty for a valid one.
    func problems(with text: String) -> Problems
}

/// An option without a value: `--json`.
package struct Flag: AnyOption {
    package let name: String
    package let summary: String
    package var placeholder: String? { nil }
    package var words: [String] { [] }

    /// A flag by its name without dashes.
    package init(_ name: String, _ summary: String) {
        self.name = name
        self.summary = summary
    }

    package func problems(with text: String) -> Problems { Problems() }
}

/// An option with a value, of which the last one given counts: `--epochs 5`.
package struct Option<Value>: AnyOption {
    package let name: String
    package let placeholder: String?
    package let summary: String
    let format: Format<Value>

    /// An option whose values are written as the format says.
    package init(_ name: String, _ placeholder: String, as format: Format<Value>, _ summary: String) {
        self.name = name
        self.placeholder = placeholder
        self.summary = summary
        self.format = format
    }

    package var words: [String] { format.words }

    package func problems(with text: String) -> Problems { format.result(of: text).problems }
}

/// An option that may be given many times, each time adding a value: `--set a=1 --set b=2`.
package struct Repeated<Value>: AnyOption {
    /// How help says it.
    static var mark: String { " (repeatable)" }

    package let name: String
    package let placeholder: String?
    package let summary: String
    let format: Format<Value>

    /// An option each of whose values is written as the format says.
    package init(_ name: String, _ placeholder: String, as format: Format<Value>, _ summary: String) {
        self.name = name
        self.placeholder = placeholder
        self.summary = summary + Self.mark
        self.format = format
    }

    package var words: [String] { format.words }

    package func problems(with text: String) -> Problems { format.result(of: text).problems }
}

extension Format {
    /// Reads a word of the command line: as it stands where the format takes strings, as JSON where it does not.
    func result(of text: String) -> (value: Value?, problems: Problems) {
        var problems = Problems()
        if let value = read(Place(JSON(text)), &problems) { return (value, problems) }
        guard let json = try? JSON(parsing: text) else { return (nil, problems) }
        var others = Problems()
        let value = read(Place(JSON(json.content)), &others)
        return (value, others)
    }
}
