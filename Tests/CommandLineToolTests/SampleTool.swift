import Reporting
import Schema

@testable import CommandLineTool

/// A tool with the shapes of commands that the real one has.
enum Sample {
    enum ProgressMode: String, CaseIterable, Setting { case auto, always, never }

    static let out = Option("out", "DIR", as: String.format, "the run directory")
    static let epochs = Option("epochs", "N", as: Int.format(in: 0...), "how often the images are seen")
    static let rate = Option("rate", "X", as: Double.format(in: .above(0)), "the learning rate")
    static let progress = Option(
        "progress", "WHEN", as: ProgressMode.format,
        "show progress: auto, always or never; it goes to standard error and is redrawn on a terminal only")
    static let set = Repeated("set", "PATH=VALUE", as: String.format, "override a value of the config")
    static let json = Flag("json", "one JSON document instead of text")
    static let longName = Option("a-name-of-unusual-length", "VALUE", as: String.format, "to be explained below")

    static let tool = Tool(
        name: "sample", version: "1.2.3", summary: "a tool for tests",
        commands: [
            Command(
                "train", "train one experiment",
                arguments: [.one("CONFIG", "a config file, or - for standard input")],
                options: [out, epochs, rate, progress, set, json, longName],
                examples: [.init("train a.json --epochs 2", "two epochs instead of the config's")]
            ) { call in
                call.console.write("trains \(call.operands[0])\n")
                return .unmet
            },
            Command("validate", "check configs", arguments: [.many("CONFIG", "config files")]) { _ in .success },
            Command("data", "look at data", arguments: [.optional("ACTION", "what"), .optional("NAME", "which")]) { _ in
                throw FileError("read", "a.idx", code: 2)
            },
            Command("fail", "find problems") { _ in
                var problems = Problems([Problem("unknown key", at: Position(line: 3, column: 5), path: "modle")])
                problems.file = "a.json"
                throw problems
            },
            .explain,
        ])

    /// What a command line prints and how it ends.
    static func run(_ line: String, width: Int = 80) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(width: width, results: { results += $0 }, messages: { messages += $0 })
        let words = line.split(separator: " ").map(String.init)
        return (tool.run(words, console: console), results, messages)
    }
}
