import Reporting

extension Tool {
    /// An overview of all commands.
    func overview(_ console: Console) -> String {
        let page = HelpPage(style: console.style, width: console.width)
        return page.title(name, summary)
            + page.section("usage", ["\(name) COMMAND [ARGUMENTS] [OPTIONS]"])
            + page.section("commands", commands.map { ($0.usage, $0.summary) })
            + page.section("options", Command.commonOptions.map(entry))
            + page.section("topics", HelpTopic.all.map { ($0.name, $0.summary) })
            + page.section("exit codes", ExitCode.allCases.map { ("\($0.rawValue)", $0.meaning) })
            + "\n`\(name) help COMMAND` explains a command, `\(name) help TOPIC` a topic, and\n"
            + "`\(name) help \(HelpTopic.typeNames[0])` whatever a config can name.\n"
    }

    /// One command in full.
    func help(for command: Command, _ console: Console) -> String {
        let page = HelpPage(style: console.style, width: console.width)
        return page.title("\(name) \(command.name)", command.summary)
            + page.section("usage", ["\(name) \(command.usage) [OPTIONS]\(command.tail)"])
            + page.section(
                "arguments", (command.arguments + [command.handsOn].compactMap(\.self)).map { ($0.name, $0.summary) })
            + page.section("options", command.allOptions.map(entry))
            + page.section("examples", command.examples.flatMap { ["\(name) \($0.line)", "    \($0.meaning)"] })
    }

    private func entry(_ option: any AnyOption) -> (String, String) {
        ("--\(option.name)" + (option.placeholder.map { " \($0)" } ?? ""), option.summary)
    }
}

/// How help is laid out.
struct HelpPage {
    let style: Style
    let width: Int

    /// Longer lines are hard to read even where there is room for them.
    private var textWidth: Int { min(max(width, 20), 100) }

    /// Where explanations begin, unless a section's terms are all shorter.
    private let longestTerm = 28

    func title(_ name: String, _ summary: String) -> String {
        wrapped("\(name): \(summary)", to: textWidth).joined(separator: "\n") + "\n"
    }

    func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\n\(style.bold(title)):\n" + lines.map { "  \($0)\n" }.joined()
    }

    func section(_ title: String, _ entries: [(term: String, meaning: String)]) -> String {
        let widths = entries.map { displayWidth($0.term) }.filter { $0 <= longestTerm }
        let column = widths.max() ?? longestTerm
        let lines = entries.flatMap { entry -> [String] in
            let meaning = wrapped(entry.meaning, to: max(20, textWidth - column - 4))
            let isLong = displayWidth(entry.term) > column
            let terms = isLong ? [] : [entry.term]
            let rows = meaning.enumerated().map { index, line in
                padded(index < terms.count ? terms[index] : "", to: column) + "  " + line
            }
            return isLong ? [entry.term] + rows : rows
        }
        return section(title, lines)
    }
}
