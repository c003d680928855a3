import Schema

/// One call of a command: what was given to it, and where its output goes.
///
///     let epochs = call[epochsOption] ?? 15
package struct Call {
    /// The tool that was called, which knows all its commands.
    package let tool: Tool

    /// The command that was called.
    package let command: Command

    /// What is no option, in order; as many as the command's arguments allow.
    package let operands: [String]

    /// Where results and messages go.
    package let console: Console

    private let values: [String: [String]]

    init(_ words: ScannedWords, of command: Command, tool: Tool, console: Console) {
        self.tool = tool
        self.command = command
        self.console = console
        operands = words.operands
        values = words.values
    }

    /// Whether a flag was given.
    package subscript(flag: Flag) -> Bool { values[flag.name] != nil }

    /// The value of an option, if it was given.
    package subscript<Value>(option: Option<Value>) -> Value? {
        values[option.name]?.last.flatMap { option.format.result(of: $0).value }
    }

    /// The values of a repeatable option, in their order.
    package subscript<Value>(option: Repeated<Value>) -> [Value] {
        (values[option.name] ?? []).compactMap { option.format.result(of: $0).value }
    }

    /// Writes a result as a document if `--json` was given, else as text; only the one that is written is made.
    func print(json: @autoclosure () -> JSON, text: @autoclosure () -> String) {
        console.write(self[Common.json] ? json().pretty : text())
    }

    /// The error of a call that says what only this command can know to be wrong.
    func misuse(_ message: String, remedy: String? = nil) -> UsageError {
        UsageError(Problems([Problem(message, remedy: remedy)]), in: command)
    }
}
