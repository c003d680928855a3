import Foundation
import Schema
import Testing

/// The commands that train and judge, as scripts call them: exit codes and files of real processes.
@Suite(.serialized, .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct TrainCommandTests {
    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 200, "test_limit": 50,
            "validation": { "fraction": 0.2 } },
          "model": { "layers": [ { "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" } ] },
          "training": { "epochs": 2, "optimizer": "adam" }, "expect": { "test_accuracy": { "min": 0.1 } } }
        """

    private static let unitsForHalfTheMemory = ProcessInfo.processInfo.physicalMemory / (784 * 4 * 2)

    /// What is added to the command line, how it ends, and what it says.
    private static let endings: [(arguments: [String], status: Int32, says: String)] = [
        ([], 0, "test accuracy"),
        (["--set", "expect.test_accuracy.min=1"], 3, "NOT MET"),
        (["--set", "expect.test_accuracy.confidence=0.95"], 4, "undecided"),
        (["--set", "training.optimizer={\"type\":\"SGD\",\"learning_rate\":1e38}"], 1, "training diverged"),
        (["--set", "model.layers[1].units=1000000000"], 2, "a smaller layer needs less"),
        // Weights alone would fit; with gradients and what Adam remembers of each they do not.
        (["--set", "model.layers[1].units=\(unitsForHalfTheMemory)"], 2, "the machine has"),
        (["--set", "dataset.train_limit=1"], 2, "leaves no image of 1 to learn from"),
        (
            ["--set", "model.layers[1].units=5"], 2,
            "tiny.json:3:49: model.layers[1]: dense: tells 5 classes apart, but the data set has 10"
        ),
        (
            ["--set", #"model.layers[0]={"type":"Rescaling","scale":2}"#], 2,
            "tiny.json:3:49: model.layers[1]: dense: takes one row of features"
        ),
        (["--epochs", "-1"], 2, "--epochs"),
        (["--thread", "2"], 2, "did you mean --threads?"),
        (["--out", "/dev/null/x"], 2, "choose another --out"),
        (["--epochs", "0"], 0, "test accuracy"),
        (
            ["--set", "model.layers[1].trainable=false", "--set", "expect={}"], 0,
            "tiny.json:3:49: model.layers[1]: dense does not learn and is given no weights, so it stays random"
        ),
    ]

    @Test(arguments: endings.indices)
    func `a training ends with the code that its ending has`(index: Int) throws {
        let (arguments, status, says) = Self.endings[index]
        let folder = try Folder(Self.config)
        let run = try BuiltTool(["train", "tiny.json", "--progress", "never"] + arguments, in: folder.path)
        #expect(run.status == status, "\(run.messages)")
        #expect((run.output + run.messages).contains(says), "\(run.output) \(run.messages)")
        if status == 2 { #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs")) }
    }

    @Test func `a saved run is evaluated to what training reported, and its verdict counts again`() throws {
        let folder = try Folder(Self.config)
        let run = try BuiltTool(["train", "tiny.json", "--out", "a", "--json", "--quiet"], in: folder.path)
        let evaluated = try BuiltTool(["evaluate", "a", "--json"], in: folder.path)
        #expect(run.status == 0 && evaluated.status == 0, "\(evaluated.messages)")
        let (first, second) = try (JSON(parsing: run.output), JSON(parsing: evaluated.output))
        #expect(first["test"] == second["test"] && first["per_class"] == second["per_class"])
        for key in ["epochs_run", "stopped_early", "stop_reason", "best", "final"] {
            #expect(first[key] == second[key], "\(key)")
        }
        let failed = try BuiltTool(["evaluate", "a", "--set", "expect.test_accuracy.min=1"], in: folder.path)
        #expect(failed.status == 3)
        // What is expected of epochs is judged by those of the run.
        let epochs = try BuiltTool(["evaluate", "a", "--set", "expect.best_accuracy.min=1"], in: folder.path)
        #expect(
            epochs.status == 3 && epochs.output.contains("best_accuracy at least 1.0: NOT MET (0."), "\(epochs.output)")
        try FileManager.default.removeItem(atPath: "\(folder.path)/a/curves.csv")
        #expect(try BuiltTool(["evaluate", "a", "--set", "expect.best_accuracy.min=1"], in: folder.path).status == 1)
        #expect(try BuiltTool(["evaluate", "a"], in: folder.path).status == 0)
    }

    /// What is changed in a finished run's config, and what is said of it then.
    private static let inconsistencies: [(change: (String, String), says: String)] = [
        (("\"Flatten\"", "\"GlobalMaxPooling2D\""), "model.safetensors"),
        (("\"units\": 10", "\"units\": 12"), "model.safetensors"),
        (
            ("\"Flatten\"", "\"Flatten\", \"inputs\": [\"dense\"]"),
            "model.layers[0].inputs[0]: these layers form a cycle"
        ),
        (
            ("\"type\": \"Flatten\"", "\"type\": \"Rescaling\", \"scale\": 1"),
            "model.layers[1]: dense: takes one row of features"
        ),
    ]

    @Test(arguments: inconsistencies.indices)
    func `a run whose config was changed says what does not fit`(index: Int) throws {
        let ((old, new), says) = Self.inconsistencies[index]
        let folder = try Folder(Self.config)
        #expect(
            try BuiltTool(["train", "tiny.json", "--out", "a", "--epochs", "0", "--quiet"], in: folder.path).status == 0
        )
        let path = "\(folder.path)/a/config.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(old))
        try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        for arguments in [["evaluate", "a"], ["predict", "a", "seven.png"]] {
            let run = try BuiltTool(arguments, in: folder.path)
            #expect([1, 2].contains(run.status), "\(arguments): \(run.status) \(run.messages)")
            #expect(run.messages.contains(says), "\(arguments): \(run.messages)")
        }
    }

    @Test func `mistakes in a config are a failing case of the report`() throws {
        let folder = try Folder(Self.config)
        let wrong = [
            ["--set", "training.epochs=-1"], ["--set", "model.layers[1].units=5"],
            ["--set", "dataset={\"path\":\"x\"}"],
        ]
        for arguments in wrong {
            let run = try BuiltTool(["train", "tiny.json", "--junit", "r.xml"] + arguments, in: folder.path)
            #expect(run.status == 2 || run.status == 1)
            let xml = try String(contentsOfFile: "\(folder.path)/r.xml", encoding: .utf8)
            #expect(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\""), "\(xml)")
            #expect(xml.contains("<error message="))
            try FileManager.default.removeItem(atPath: "\(folder.path)/r.xml")
        }
    }

    @Test func `a finished run is left alone`() throws {
        let folder = try Folder(Self.config)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "a", "--quiet"], in: folder.path).status == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a/run.json"))
        let again = try BuiltTool(["train", "tiny.json", "--out", "a", "--resume"], in: folder.path)
        #expect(again.status == 0 && again.messages.contains("left alone"))
        let folderAlone = try BuiltTool(["train", "--out", "a", "--resume"], in: folder.path)
        #expect(folderAlone.status == 0 && folderAlone.output == again.output)
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a/run.json")) == before)
    }

    @Test func `without a folder, the last run that the config did not finish goes on`() throws {
        let folder = try Folder(Self.config)
        let line = ["train", "tiny.json", "--progress", "never"]
        for options in [[], [], [], ["--seed", "3"]] {
            #expect(try BuiltTool(line + options, in: folder.path).status == 0)
        }
        let results = ["tiny", "tiny-2", "tiny-3", "tiny-4"].map { "\(folder.path)/runs/\($0)/result.json" }
        for result in results.dropFirst() { try FileManager.default.removeItem(atPath: result) }
        // The fourth is another config's, and in the end only the first is left.
        for name in ["tiny-3", "tiny-2", "tiny"] {
            let run = try BuiltTool(line + ["--resume"], in: folder.path)
            #expect(run.status == 0 && run.output.contains("results in runs/\(name)\n"), "\(run.messages)")
            #expect(run.messages.contains("left alone") == (name == "tiny"), "\(run.messages)")
        }
        #expect(results.map { FileManager.default.fileExists(atPath: $0) } == [true, true, true, false])
    }

    /// What is asked of a finished run, how that ends, and what is said.
    private static let resumptions: [(arguments: [String], status: Int32, says: String)] = [
        (["--quiet"], 0, "test_accuracy at least 0.1: met"),
        (["--quiet", "--set", "expect.test_accuracy.min=1"], 3, "test_accuracy at least 1.0: NOT MET"),
        (["--quiet", "--json", "--set", "expect.test_accuracy.min=1"], 3, "\"verdict\": \"failed\""),
        (
            ["--set", "training.batch_size=16", "--seed", "3"], 2,
            "a: belongs to another config: training.batch_size was 32 and is now 16, seed was 0 and is now 3; choose"
        ),
        (["--epochs", "1"], 2, "training.epochs was 2 and is now 1"),
        (["--epochs", "4"], 1, "kept no checkpoint to go on from, as it does with train --keep-checkpoint"),
    ]

    @Test func `a finished run is judged anew, and is no other config's`() throws {
        let folder = try Folder(Self.config)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "a", "--quiet"], in: folder.path).status == 0)
        for (arguments, status, says) in Self.resumptions {
            let run = try BuiltTool(["train", "tiny.json", "--out", "a", "--resume"] + arguments, in: folder.path)
            #expect(run.status == status, "\(arguments) \(run.messages)")
            #expect((run.output + run.messages).contains(says), "\(run.output) \(run.messages)")
        }
    }

    @Test func `a run that ends too early says what would help`() throws {
        let folder = try Folder(Self.config)
        let line = ["train", "tiny.json", "--quiet", "--out"]
        #expect(try BuiltTool(line + ["a", "--epochs", "1"], in: folder.path).status == 0)
        let longer = try BuiltTool(line + ["a", "--resume"], in: folder.path)
        #expect(
            longer.messages.contains("finished after 1 epoch and") && longer.messages.contains(", the first of which"),
            "\(longer.messages)")
        let steep = ["--set", #"training.optimizer={"type":"SGD","learning_rate":1e38}"#]
        #expect(try BuiltTool(line + ["b"] + steep, in: folder.path).status == 1)
        let evaluated = try BuiltTool(["evaluate", "b"], in: folder.path)
        #expect(
            evaluated.messages.contains("train --resume or, if it diverged, train it again with a lower learning_rate"),
            "\(evaluated.messages)")
    }

    @Test func `a run that kept its checkpoint is made longer`() throws {
        let folder = try Folder(Self.config)
        let line = ["train", "tiny.json", "--out", "a", "--keep-checkpoint"]
        #expect(try BuiltTool(line + ["--quiet"], in: folder.path).status == 0)
        #expect(try BuiltTool(line + ["--resume", "--epochs", "3"], in: folder.path).status == 0)
        #expect(
            try BuiltTool(["train", "tiny.json", "--out", "b", "--epochs", "3", "--quiet"], in: folder.path).status == 0
        )
        for name in ["config.json", "curves.csv", "result.json", "model.safetensors"] {
            let files = try ["a", "b"].map {
                try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\($0)/\(name)"))
            }
            #expect(files[0] == files[1], "\(name)")
        }
        let missing = try BuiltTool(["train", "--resume"], in: folder.path)
        #expect(missing.status == 2 && missing.messages.contains("--out DIR --resume"))
    }

    /// What happens to a file of a finished run, and what is said of it then.
    private static let damages: [(file: String, change: @Sendable (Data) -> Data?, says: String)] = [
        ("model.safetensors", { $0.dropLast(100) }, "model.safetensors"),
        ("model.safetensors", { _ in nil }, "missing"),
        ("result.json", { $0.dropLast(50) }, "result.json:"), ("summary.json", { _ in nil }, "summary.json: this file"),
        ("curves.csv", { $0.prefix { $0 != 10 } }, "curves.csv"),
        ("confusion.csv", { _ in Data("a,b\n1\n".utf8) }, "confusion.csv"),
        ("config.json", { $0.dropLast(9) }, "config.json:"),
    ]

    @Test(arguments: damages.indices)
    func `a finished run with a broken file does not pass for one that is whole`(index: Int) throws {
        let (name, change, says) = Self.damages[index]
        let folder = try Folder(Self.config)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "a", "--quiet"], in: folder.path).status == 0)
        let file = URL(fileURLWithPath: "\(folder.path)/a/\(name)")
        if let changed = change(try Data(contentsOf: file)) {
            try changed.write(to: file)
        } else {
            try FileManager.default.removeItem(at: file)
        }
        let run = try BuiltTool(["train", "tiny.json", "--out", "a", "--resume"], in: folder.path)
        #expect(run.status == 1 && run.messages.contains("a: this finished run is damaged"), "\(run.messages)")
        #expect(run.messages.contains(says), "\(run.messages)")
    }

    @Test func `weights that are no numbers are named by whoever reads them`() throws {
        let folder = try Folder(Self.config)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "a", "--quiet"], in: folder.path).status == 0)
        let file = URL(fileURLWithPath: "\(folder.path)/a/model.safetensors")
        var bytes = try Data(contentsOf: file)
        bytes.replaceSubrange((bytes.count - 4)..., with: [0, 0, 0xC0, 0x7F])
        try bytes.write(to: file)
        for arguments in [["evaluate", "a"], ["predict", "a", "x.png"], ["export", "a", "--to", "x.safetensors"]] {
            let run = try BuiltTool(arguments, in: folder.path)
            #expect(run.status == 1 && run.messages.contains("no finite number"), "\(run.messages)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/x.safetensors"))
    }

    @Test func `help prints the schema and the reference that configs are read by`() throws {
        let schema = try BuiltTool(["help", "schema"], in: "/")
        let document = try JSON(parsing: schema.output)
        #expect(document["$schema"]?.text?.contains("2020-12") == true)
        #expect(document["properties"]?["training"] != nil)
        let reference = try BuiltTool(["help", "config"], in: "/")
        #expect(reference.output.contains("`batch_size`") && reference.output.contains("`kernel_size`"))
    }

    private struct Folder: ~Copyable {
        let path: String

        init(_ config: String) throws {
            path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try config.write(toFile: "\(path)/tiny.json", atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }
}
