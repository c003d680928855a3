/// A command, described once for parsing, help and errors.
///
/// A new command is a file with an `extension Command { static let … }` and a line in `Command.all`.
package struct Command: Sendable {
    /// One word of the command line that is no option.
    package struct Argument: Sendable {
        let name: String
        let summary: String
        let count: ClosedRange<Int>
        /// What shells offer for it, besides what its name stands for.
        var words: [String] = []

        /// What must be given once.
        package static func one(_ name: String, _ summary: String, words: [String] = []) -> Argument {
            Argument(name: name, summary: summary, count: 1...1, words: words)
        }

        /// What may be given once.
        package static func optional(_ name: String, _ summary: String, words: [String] = []) -> Argument {
            Argument(name: name, summary: summary, count: 0...1, words: words)
        }

        /// What must be given at least once; nothing can follow it.
        package static func many(_ name: String, _ summary: String) -> Argument {
            Argument(name: name, summary: summary, count: 1...Int.max)
        }

        /// What may be given any number of times; nothing can follow it.
        package static func any(_ name: String, _ summary: String, words: [String] = []) -> Argument {
            Argument(name: name, summary: summary, count: 0...Int.max, words: words)
        }

        /// As in the line of usage: `CONFIG`, `[NAME]`, `RUN...`, `[MODEL...]`.
        var usage: String {
            let words = count.upperBound > 1 ? "\(name)..." : name
            return count.lowerBound == 0 ? "[\(words)]" : words
        }
    }

    /// A line to type, and what it does.
    package struct Example: Sendable {
        let line: String
        let meaning: String

        /// The line without the tool's name.
        package init(_ line: String, _ meaning: String) {
            self.line = line
            self.meaning = meaning
        }
    }

    package let name: String

    /// What the command does, as part of a sentence.
    package let summary: String

    package let arguments: [Argument]
    /// What may stand after two dashes and is for another program; nil where two dashes only end the options.
    package let handsOn: Argument?
    package let options: [any AnyOption]
    package let examples: [Example]

    /// Runs the command; the tool reports anything thrown.
    package let run: @Sendable (Call) throws -> ExitCode

    /// A command with what it takes and what it does.
    package init(
        _ name: String, _ summary: String, arguments: [Argument] = [], handsOn: Argument? = nil,
        options: [any AnyOption] = [], examples: [Example] = [],
        run: @escaping @Sendable (Call) throws -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.arguments = arguments
        self.handsOn = handsOn
        self.options = options
        self.examples = examples
        self.run = run
    }

    /// What every command understands.
    static let commonOptions: [any AnyOption] = [.help, .version]

    var allOptions: [any AnyOption] { options + Self.commonOptions }

    /// The name with its arguments: `train CONFIG`.
    var usage: String { ([name] + arguments.map(\.usage)).joined(separator: " ") }

    /// What may follow arguments and options: ` [-- OPTION...]`.
    var tail: String { handsOn.map { " [-- \($0.name)...]" } ?? "" }
}

extension AnyOption where Self == Flag {
    static var help: Flag { Flag("help", "show help and exit") }
    static var version: Flag { Flag("version", "show the version and exit") }
}
