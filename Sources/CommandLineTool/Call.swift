import Reporting
import Schema

/// One call of a command: what was given to it, and where its output goes.
///
///     let epochs = call[epochsOption] ?? 15
package struct Call {
    package let tool: Tool

    package let command: Command

    /// The words that are not options, in order; as many as the command's arguments allow.
    package let operands: [String]

    /// What stands after two dashes, of a command that hands it on to another program.
    package let handedOn: [String]

    /// Where results and messages go.
    package let console: Console

    private let values: [String: [String]]

    init(_ words: ScannedWords, of command: Command, tool: Tool, console: Console) {
        self.tool = tool
        self.command = command
        self.console = console
        operands = words.operands
        handedOn = words.handedOn
        values = words.values
    }

    /// Whether a flag was given.
    package subscript(flag: Flag) -> Bool { values[flag.name] != nil }

    /// Whether an option of that name was given, with a value or without.
    func isGiven(_ name: String) -> Bool { values[name] != nil }

    /// The value of an option, if it was given.
    package subscript<Value>(option: Option<Value>) -> Value? {
        values[option.name]?.last.flatMap { option.format.result(of: $0).value }
    }

    /// The values of a repeatable option, in their order.
    package subscript<Value>(option: Repeated<Value>) -> [Value] {
        (values[option.name] ?? []).compactMap { option.format.result(of: $0).value }
    }

    /// Writes a result as JSON if `--json` was given, otherwise as text; only the form that is written is evaluated.
    func print(json: @autoclosure () throws -> JSON, text: @autoclosure () throws -> String) rethrows {
        console.write(try self[Common.json] ? json().pretty : text())
    }

    /// Writes a page to a file, or as a result where the path is `-`.
    func write(_ page: Page, to path: String) throws {
        if path == "-" { console.write(page.html) } else { try AtomicFile.write(page.html, to: path) }
    }

    /// Says what is allowed and probably not meant.
    func warn(_ problems: Problems) {
        guard !self[Common.quiet], !problems.isEmpty else { return }
        for line in problems.rendered().split(separator: "\n") {
            console.say("\(console.messageStyle.yellow("warning:")) \(displayable(String(line)))")
        }
    }

    /// A usage error that only the command itself can detect.
    func misuse(_ message: String, remedy: String? = nil) -> UsageError {
        UsageError(Problems([Problem(message, remedy: remedy)]), in: command)
    }
}
