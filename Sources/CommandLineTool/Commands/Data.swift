import Datasets
import Reporting
import Schema

extension Command {
    private enum Action: String, CaseIterable {
        case list, fetch, verify, info, sheet, classes, embed
    }

    static let data = Command(
        "data", "list, fetch or verify data sets, tell about them (info), or draw them",
        arguments: [
            .optional(
                "ACTION", "list (the default), fetch, verify, info, sheet, classes or embed",
                words: Action.allCases.map(\.rawValue)),
            .optional(
                "NAME", "a data set; all but fetch also take a folder of IDX files, such as ./mine",
                words: KnownDataset.all.map(\.name)),
        ],
        options: DataOptions.drawing + DataPictures.options + DataEmbedding.options + [Common.threads] + Common.location
            + [DataOptions.progress, Common.quiet, Common.json],
        examples: [
            Example("data", "what is known, and where this machine has it"),
            Example("data fetch fashion-mnist", "into the cache, from the first mirror that works"),
            Example(
                "data info mnist --data ../shared/data", "counts, mean and deviation, and whether it is the real one"),
            Example("data sheet fashion-mnist --out samples.png", "the first images with the names of their classes"),
            Example("data classes mnist", "how many images each class has"),
            Example("data embed mnist", "the plane in which 10,000 digits lie among their like, by t-SNE"),
        ]
    ) { call in
        let library = call.library(for: "-")
        switch try action(of: call) {
        case .list:
            let list = library.list()
            call.print(json: list.json, text: folded(list.text, to: call.console.tableWidth))
        case .fetch:
            return try fetch(try name(in: call), library, call)
        case .verify:
            let verdict = try library.verify(try name(in: call))
            call.print(json: verdict.json, text: verdict.text)
            return verdict.isOfficial == false ? .failure : .success
        case .info:
            let info = try library.info(try name(in: call))
            let width = call.console.tableWidth
            call.print(json: info.json, text: folded(info.text(width: width), to: width))
        case .sheet: try DataPictures(of: try name(in: call), library, call).writeSheet()
        case .classes: try DataPictures(of: try name(in: call), library, call).writeClasses()
        case .embed:
            return try DataEmbedding(of: try name(in: call), library, call).run()
        }
        return .success
    }

    private static func action(of call: Call) throws(UsageError) -> Action {
        guard let word = call.operands.first else { return .list }
        guard let action = Action(rawValue: word) else {
            let words = Action.allCases.map(\.rawValue)
            let isName = KnownDataset.named(word) != nil
            // What scikit-learn's and pandas's users type.
            let meant = word == "describe" ? Action.info.rawValue : word
            throw call.misuse(
                "unknown action \(quoted(word))",
                remedy: isName ? "write data info \(word)" : remedy(for: meant, among: words))
        }
        if action == .list, call.operands.count > 1 {
            throw call.misuse("list takes no name", remedy: "write data info \(call.operands[1])")
        }
        return action
    }

    /// The second operand: a known set or, but to fetch, a folder.
    private static func name(in call: Call) throws(UsageError) -> String {
        let names = KnownDataset.all.map(\.name)
        guard call.operands.count > 1 else {
            throw call.misuse("\(call.operands[0]) needs a name", remedy: "known: \(names.joined(separator: ", "))")
        }
        let name = call.operands[1]
        let isFolder = name.contains("/") && call.operands[0] != Action.fetch.rawValue
        guard isFolder || names.contains(name) else {
            throw call.misuse("unknown data set \(quoted(name))", remedy: remedy(for: name, among: names))
        }
        return name
    }

    private static func fetch(_ name: String, _ library: DataLibrary, _ call: Call) throws -> ExitCode {
        if call[Common.offline], KnownDataset.named(name)?.isMade == false {
            throw call.misuse("fetch needs the network, and --offline forbids it")
        }
        var library = library
        StopSignals.listen()
        defer { StopSignals.stopListening() }
        library.fetch?.isCancelled = { StopSignals.exitCode != nil }
        do {
            let fetched = try library.fetch(name) { try AtomicFile.write($0, to: $1) }
            call.print(json: fetched.json, text: "\(fetched.name) is in \(displayable(fetched.folder))\n")
            return .success
        } catch FetchError.cancelled(let name) {
            call.console.say("\(FetchError.cancelled(name))")
            return StopSignals.exitCode ?? .interrupted
        }
    }
}
