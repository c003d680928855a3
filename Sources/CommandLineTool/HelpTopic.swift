import Experiments
import Schema

/// What help explains besides commands; all of it comes from the descriptions that the tool itself works by.
struct HelpTopic: Sendable {
    let name: String
    /// As part of a sentence.
    let summary: String
    let text: @Sendable (HelpPage, Tool) -> String

    /// In the order of the overview.
    static let all: [HelpTopic] =
        [
            HelpTopic(name: "config", summary: "every key of a config, as Markdown") { _, _ in
                ExperimentConfig.documentReference(level: 1)
            },
            HelpTopic(name: "schema", summary: "the JSON Schema of configs, for editors") { _, _ in
                ExperimentConfig.documentSchema.pretty
            },
            HelpTopic(name: "exit-codes", summary: "what the exit code says, and which mistake ends with which") {
                page, _ in
                page.title("exit codes", "what scripts need to know of how a command ended")
                    + page.section("codes", ExitCode.allCases.map { ("\($0.rawValue)", $0.meaning) })
                    + page.section("situations", Ending.all.map { ("\($0.code.rawValue)", $0.situation) })
            },
        ] + Vocabulary.all.map(HelpTopic.init)

    /// The topic that a word names; that of a single type, such as `Conv2D`, is among them in any spelling.
    static func named(_ word: String) -> HelpTopic? {
        all.first { isAlike($0.name, word) } ?? typeTopics.first { isAlike($0.name, word) } ?? section(word)
    }

    /// A section of the reference of configs, such as `dataset`.
    private static func section(_ word: String) -> HelpTopic? {
        let title = isAlike(word, "validation") ? "dataset" : word
        return ExperimentConfig.documentSection(title).map { text in
            HelpTopic(name: word, summary: "a part of a config, as Markdown") { _, _ in text }
        }
    }

    /// The types that have a topic each.
    static var typeNames: [String] { typeTopics.map(\.name) }

    private static var typeTopics: [HelpTopic] {
        Vocabulary.all.flatMap { vocabulary in vocabulary.types.map { HelpTopic($0, in: vocabulary) } }
    }
}

extension HelpTopic {
    /// All types of a family, with a line for each.
    private init(_ vocabulary: Vocabulary) {
        self.init(name: vocabulary.name, summary: vocabulary.summary) { page, tool in
            page.title(vocabulary.name, vocabulary.summary)
                + page.section("names", vocabulary.types.map { ($0.name, $0.summary) })
                + "\n`\(tool.name) help \(vocabulary.types[0].name)` explains one.\n"
        }
    }

    /// One type with all its keys.
    private init(_ type: any Described.Type, in vocabulary: Vocabulary) {
        self.init(name: type.name, summary: type.summary) { page, _ in
            let keys = type.keyReferences
            let required = keys.filter(\.isRequired).map { ", \(quoted($0.name)): …" }.joined()
            return page.title(type.name, type.summary)
                + page.section("in a config", ["{ \"type\": \(quoted(type.name))\(required) }"])
                + page.section("keys", keys.map(Self.entry))
                + page.section("keys of all \(vocabulary.name)", vocabulary.commonKeys.map(Self.entry))
        }
    }

    private static func entry(_ key: KeyReference) -> (String, String) {
        let standard = key.isRequired ? "required" : "default: \(key.standard ?? "its own")"
        return (key.name, "\(key.summary): \(key.expectation) (\(standard))")
    }
}
