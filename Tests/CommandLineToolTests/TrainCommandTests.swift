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
        (["--set", "dataset.train_limit=1"], 2, "none of 1 images to learn from"),
        (["--set", "model.layers[1].units=5"], 2, "tells 5 classes apart, but the data set has 10"),
        (["--epochs", "-1"], 2, "--epochs"),
        (["--thread", "2"], 2, "did you mean --threads?"),
        (["--out", "/dev/null/x"], 2, "choose another --out"),
        (["--epochs", "0"], 0, "test accuracy"),
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
        let failed = try BuiltTool(["evaluate", "a", "--set", "expect.test_accuracy.min=1"], in: folder.path)
        #expect(failed.status == 3)
    }

    @Test func `a finished run is left alone`() throws {
        let folder = try Folder(Self.config)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "a", "--quiet"], in: folder.path).status == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a/run.json"))
        let again = try BuiltTool(["train", "tiny.json", "--out", "a", "--resume"], in: folder.path)
        #expect(again.status == 0 && again.messages.contains("left alone"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a/run.json")) == before)
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
