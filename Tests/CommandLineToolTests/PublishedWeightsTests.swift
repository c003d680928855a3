import Foundation
import Testing

/// What the tool says of published networks and their weights.
@Suite(.serialized, .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct PublishedWeightsTests {
    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 32, "test_limit": 10 },
          "model": { "layers": [
            { "type": "Resizing", "name": "grey", "height": 32, "width": 32 },
            { "type": "Concatenate", "inputs": ["grey", "grey", "grey"] },
            { "type": "EfficientNetLite0", "weights": WEIGHTS, "trainable": false },
            { "type": "GlobalAveragePooling2D" }, { "type": "Dense", "units": 10, "activation": "softmax" } ] } }
        """

    private func folder(weights: String) throws -> Folder {
        try Folder(Self.config.replacing("WEIGHTS", with: weights))
    }

    @Test func `weights that are nowhere are a warning until the network is to be trained`() throws {
        let folder = try folder(weights: "\"imagenet\"")
        let wanted =
            "tiny.json:5:47: model.layers[2].weights: efficientnet-lite0-notop.safetensors is in none of these folders"
        // Whoever runs the tests may have the weights.
        let bare = ["MNIST_LAB_DATA": "/nowhere", "HOME": "/nowhere", "XDG_CACHE_HOME": "/nowhere"]
        for command in ["validate", "summary"] {
            let run = try BuiltTool([command, "tiny.json", "--data", "nowhere"], in: folder.path, environment: bare)
            #expect(run.status == 0)
            #expect(run.messages.contains("warning: \(wanted)"), "\(run.messages)")
            #expect(run.messages.contains(": nowhere (--data), "))
        }
        let run = try BuiltTool(["train", "tiny.json"], in: folder.path, environment: bare)
        #expect(run.status == 1)
        #expect(run.messages.hasPrefix(wanted), "\(run.messages)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs"))
    }

    @Test func `a path that names no file is a warning, and an error for training`() throws {
        let folder = try folder(weights: "\"a.safetensors\"")
        let validated = try BuiltTool(["validate", "tiny.json"], in: folder.path)
        #expect(validated.status == 0)
        #expect(validated.messages.contains("there is no file \(folder.path)/a.safetensors; check its name"))
        #expect(try BuiltTool(["train", "tiny.json"], in: folder.path).status == 1)
    }

    @Test(arguments: [("runs/first/model.safetensors", "train first first"), ("first.npz", "check its name")])
    func `initial weights that are not there yet are a warning, and an error for training`(
        path: String, remedy: String
    ) throws {
        let folder = try folder(weights: "null")
        let line = ["tiny.json", "--set", "model.initial_weights=\(path)"]
        let wanted = "tiny.json: model.initial_weights: there is no file \(folder.path)/\(path); \(remedy)"
        for command in ["validate", "summary"] {
            let run = try BuiltTool([command] + line, in: folder.path)
            #expect(run.status == 0 && run.messages.contains("warning: \(wanted)"), "\(run.messages)")
        }
        let run = try BuiltTool(["train"] + line, in: folder.path)
        #expect(run.status == 1 && run.messages.hasPrefix(wanted), "\(run.messages)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs"))
    }

    @Test func `without weights the network stays random, which is a warning`() throws {
        let folder = try folder(weights: "null")
        let run = try BuiltTool(["validate", "tiny.json"], in: folder.path)
        #expect(run.status == 0)
        #expect(
            run.messages.contains(
                #"model.layers[2]: efficientnetlite0 does not learn and is given no weights, so it stays random; say "imagenet""#
            ), "\(run.messages)")
    }

    @Test func `a summary has one row for the network, and all of its layers with --expand`() throws {
        let folder = try folder(weights: "null")
        let brief = try BuiltTool(["summary", "tiny.json"], in: folder.path).output
        #expect(brief.contains(/efficientnetlite0 \(.* 3,413,024/))
        #expect(!brief.contains("stem_conv"))
        let expanded = try BuiltTool(["summary", "tiny.json", "--expand"], in: folder.path).output
        #expect(expanded.contains(/efficientnetlite0 \(.* 3,413,024/))
        #expect(expanded.contains(/\n  stem_conv \(Conv2D\) .* 864/))
        #expect(expanded.contains(/\n  top_bn .* 5,120/))
        for text in [brief, expanded] { #expect(text.contains(#/Parameters +3,425,834 \(/#)) }
    }

    @Test func `a network is trained, saved, and evaluated without the file of its weights`() throws {
        let folder = try folder(weights: "null")
        let first = try BuiltTool(["train", "tiny.json", "--out", "a", "--progress", "never"], in: folder.path)
        #expect(first.status == 0, "\(first.messages)")
        // The run's own file has the network's weights among those of other layers.
        try Self.config.replacing("WEIGHTS", with: "\"a/model.safetensors\"")
            .write(toFile: "\(folder.path)/tiny.json", atomically: true, encoding: .utf8)
        let second = try BuiltTool(["train", "tiny.json", "--out", "b", "--progress", "never"], in: folder.path)
        #expect(second.status == 0, "\(second.messages)")
        #expect(!second.messages.contains("warning"))
        #expect(
            try Data(contentsOf: URL(filePath: "\(folder.path)/a/model.safetensors"))
                == Data(contentsOf: URL(filePath: "\(folder.path)/b/model.safetensors")))
        try FileManager.default.removeItem(atPath: "\(folder.path)/a")
        let evaluated = try BuiltTool(["evaluate", "b"], in: folder.path)
        #expect(evaluated.status == 0, "\(evaluated.messages)")
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
