extension Command {
    /// `help`, under a name that is not the flag's.
    static let explain = Command(
        "help", "explain the tool, a command, or what a config may say",
        arguments: [
            .optional(
                "TOPIC",
                "a command; \(HelpTopic.all.map(\.name).joined(separator: ", ")); the name of one of these, such as "
                    + "Conv2D; or a part of a config, such as training (default: list everything)",
                words: HelpTopic.all.map(\.name))
        ],
        examples: [
            Example("help train", "one command in full"),
            Example("help layers", "the layers there are"),
            Example("help Conv2D", "one of them, with every key; optimizers, callbacks and others, too"),
            Example("help training", "the keys of one part of a config"),
            Example("help config", "every key of a config, as Markdown"),
            Example("help schema", "the JSON Schema from which editors complete and check configs"),
        ]
    ) { call in
        guard let word = call.operands.first else {
            call.console.write(call.tool.overview(call.console))
            return .success
        }
        if let command = call.tool.command(named: word) {
            call.console.write(call.tool.help(for: command, call.console))
            return .success
        }
        guard let topic = HelpTopic.named(word) else { throw call.tool.unknownTopic(word) }
        call.console.write(topic.text(HelpPage(style: call.console.style, width: call.console.width), call.tool))
        return .success
    }
}
