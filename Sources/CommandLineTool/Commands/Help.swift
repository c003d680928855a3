import Experiments

extension Command {
    /// What help explains besides commands; both come from the descriptions that configs are read by.
    private static let topics: [String: @Sendable () -> String] = [
        "config": { ExperimentConfig.documentReference(level: 1) },
        "schema": { ExperimentConfig.documentSchema.pretty },
    ]

    /// `help`, under a name that is not the flag's.
    static let explain = Command(
        "help", "explain the tool, or one command",
        arguments: [
            .optional(
                "COMMAND", "the command to explain, or config, or schema (default: list all commands)",
                words: topics.keys.sorted())
        ],
        examples: [
            Example("help train", "one command in full"),
            Example("help config", "every key of a config, as Markdown"),
            Example(
                "help schema", "the JSON Schema from which editors complete and check configs"),
        ]
    ) { call in
        guard let name = call.operands.first else {
            call.console.write(call.tool.overview(call.console))
            return .success
        }
        if let topic = topics[name] {
            call.console.write(topic())
            return .success
        }
        guard let command = call.tool.command(named: name) else { throw call.tool.unknownCommand(name) }
        call.console.write(call.tool.help(for: command, call.console))
        return .success
    }
}
