import Experiments
import Foundation
import Schema
import Testing

@testable import CommandLineTool

/// What can be done with nothing but the program.
@Suite struct BuiltInConfigTests {
    @Test(arguments: BuiltInConfig.Name.allCases)
    func `a built-in config is the file that it says it is`(name: BuiltInConfig.Name) throws {
        let config = BuiltInConfig.named(name)
        #expect(config.name == name)
        #expect(try config.text == Documentation.text(of: "configs/\(config.file)"))
    }

    @Test(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
    func `a built-in config is trained by its name, in an empty directory`() throws {
        let folder = try EmptyFolder()
        let brief = ["--set", "dataset.train_limit=640", "--set", "expect={}", "--epochs", "1", "--quiet"]
        let run = try BuiltTool(["train", "quickstart"] + brief, in: folder.path)
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.output.hasSuffix("results in runs/quickstart\n"))
        let evaluated = try BuiltTool(["evaluate", "runs/quickstart", "--json", "--quiet"], in: folder.path)
        #expect(evaluated.status == 0, "\(evaluated.messages)")
    }

    @Test(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
    func `a file is preferred to the built-in config of that name`() throws {
        let folder = try EmptyFolder()
        try Data("{".utf8).write(to: URL(fileURLWithPath: folder.path + "/quickstart"))
        let run = try BuiltTool(["summary", "quickstart"], in: folder.path)
        #expect(run.status == 2)
        #expect(run.messages.hasPrefix("quickstart:1:"))
    }

    @Test(
        .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"),
        arguments: ["convnet", "mlp", "sweep", "quickstart", "transfer"])
    func `a new config is a good one and bears its own name`(template: String) throws {
        let folder = try EmptyFolder()
        let made = try BuiltTool(["new", "mine", "--template", template], in: folder.path)
        #expect(made.status == 0, "\(made.messages)")
        #expect(made.output.contains(template == "sweep" ? "mnist-lab sweep mine.json" : "mnist-lab train mine.json"))
        let text = try String(contentsOfFile: folder.path + "/mine.json", encoding: .utf8)
        #expect(!text.contains("configs/\(template)") && !text.contains("templates"))
        #expect(text.contains("//     mnist-lab \(template == "sweep" ? "sweep" : "train") mine.json"))
        let checked = try BuiltTool(["summary", "mine.json", "--quiet"], in: folder.path)
        #expect(checked.status == 0, "\(checked.messages)")
        #expect(try ConfigDocument(Array(text.utf8), file: "mine.json").resolved().config.name == "mine")
    }

    static let refusals: [([String], String)] = [
        (["new"], "missing argument NAME; such as new first; new --list shows what there is"),
        (["new", "there"], "there.json is there already; choose another name"),
        (["new", "-there"], "unknown option"),
        (["new", "folder/"], "is no name for an experiment"),
        (["new", ".hidden"], "is no name for an experiment; it begins with \".\""),
        (["new", "none/first"], "cannot write none/first.json: No such file or directory"),
        (["new", "first", "--template", "convent"], "did you mean \"convnet\"?"),
        (["new", "--list", "first"], "--list takes no name"),
        (["train", "quikstart"], "or begin with one that is built in: mnist-lab new --list"),
    ]

    @Test(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"), arguments: refusals)
    func `what cannot be begun is refused, and nothing is written`(words: [String], message: String) throws {
        let folder = try EmptyFolder()
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder.path + "/there.json"))
        let run = try BuiltTool(words, in: folder.path)
        #expect(run.status != 0)
        #expect(run.messages.contains(message), "\(run.messages)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["there.json"])
    }

    @Test(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
    func `a folder does not hide the built-in config of that name`() throws {
        let folder = try EmptyFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/quickstart", withIntermediateDirectories: true)
        let run = try BuiltTool(["summary", "quickstart"], in: folder.path)
        #expect(run.status == 0, "\(run.messages)")
    }

    @Test(
        .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"),
        arguments: [
            ("nowhere", "there is no folder nowhere"), ("file", "file is no folder"), ("open", "holds four files"),
        ])
    func `a folder of data in which nothing would be found is warned of`(name: String, words: String) throws {
        let folder = try EmptyFolder()
        try Data().write(to: URL(fileURLWithPath: folder.path + "/file"))
        try FileManager.default.createDirectory(atPath: folder.path + "/open", withIntermediateDirectories: true)
        for file in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
            try Data().write(to: URL(fileURLWithPath: folder.path + "/open/\(file)-ubyte"))
        }
        let run = try BuiltTool(["summary", "quickstart", "--data", name], in: folder.path)
        #expect(run.status == 0)
        #expect(run.messages.contains("--data: ") && run.messages.contains(words), "\(run.messages)")
    }

    @Test func `the list of built-in configs names each`() {
        var results = ""
        let console = Console(results: { results += $0 }, messages: { _ in })
        #expect(Tool.mnistLab.run(["new", "--list"], console: console) == .success)
        let names = BuiltInConfig.Name.allCases.map(\.rawValue)
        #expect(
            results.split(separator: "\n").prefix(names.count).map { $0.prefix { $0 != " " } } == names.map { $0[...] })
    }
}

/// A folder that goes when the test ends.
final class EmptyFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
