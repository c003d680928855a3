import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    private static let template = Option(
        "template", "NAME", as: BuiltInConfig.Name.format,
        "what to begin with: convnet (the default), mlp, transfer, sweep or quickstart")
    private static let listed = Flag("list", "show the configs that are built in, write nothing")

    static let new = Command(
        "new", "write a commented config to start from",
        arguments: [.optional("NAME", "the experiment's name; its config becomes NAME.json")],
        options: [template, listed, Common.quiet],
        examples: [
            Example("new first", "first.json, a convolutional network"),
            Example("new wide --template mlp", "another kind of network"),
            Example("new --list", "what there is; train, sweep and others take these names, too"),
        ]
    ) { call in
        if call[listed] {
            if let name = call.operands.first {
                throw call.misuse("--list takes no name, so \(quoted(name)) is one too many")
            }
            call.console.write(folded(listing(in: call), to: call.console.tableWidth))
            return .success
        }
        guard let name = call.operands.first else {
            throw call.misuse("missing argument NAME", remedy: "such as new first; new --list shows what there is")
        }
        try write(BuiltInConfig.named(call[template] ?? .convnet), named: name, call)
        return .success
    }

    private static func listing(in call: Call) -> String {
        let names = BuiltInConfig.Name.allCases
        let width = (names.map(\.rawValue.count).max() ?? 0) + 2
        return names.map { "\(padded($0.rawValue, to: width))\(BuiltInConfig.named($0).summary)\n" }.joined()
            + "\n\(call.tool.name) train quickstart    trains one as it is\n"
            + "\(call.tool.name) new mine --template mlp    writes one to be changed\n"
    }

    private static func write(_ config: BuiltInConfig, named word: String, _ call: Call) throws {
        let base = word.hasSuffix(".json") ? String(word.dropLast(".json".count)) : word
        let name = base.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let path = "\(base).json"
        let text = config.text(calledAs: name, in: displayable(path))
        // A name that is none for a run directory is better refused now than by the first training.
        do throws(Problems) {
            _ = try ConfigDocument(Array(text.utf8), file: path).resolved()
        } catch {
            throw call.misuse(
                "\(quoted(name)) is no name for an experiment",
                remedy: error.list.first?.remedy ?? "letters, digits, - and _ always are")
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw call.misuse("\(displayable(path)) is there already", remedy: "choose another name")
        }
        try AtomicFile.write(text, to: path)
        guard !call[Common.quiet] else { return }
        let verb = config.name == .sweep ? "sweep" : "train"
        let commands = [config.preparation, "\(verb) \(shellQuoted(path))"].compactMap(\.self)
        call.console.write(
            "\(displayable(path)): \(config.summary)\n"
                + "next: " + commands.map { "\(call.tool.name) \($0)" }.joined(separator: ", then ") + "\n")
    }
}
