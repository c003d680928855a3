import Experiments
import Foundation
import Schema
import Testing

@Suite struct ResolvedConfigTests {
    static let text = """
        {
          // Everything that a config can say.
          "$schema": "https://example.org/schema.json",
          "name": "everything", "description": "$$ and all",
          "let": { "hidden": [16, 8], "schedule": { "type": "CosineDecay", "initial_learning_rate": 1, "decay_steps": 9 } },
          "dataset": { "path": "here", "validation": { "folds": 5, "fold": 2, "from": "stratified" }, "train_limit": 9 },
          "model": {
            "initial_weights": "./weights/../first.safetensors",
            "layers": [
              { "type": "Conv2D", "filters": 8, "kernel_size": [3, 5], "kernel_regularizer": "l2" },
              { "type": "Flatten" },
              { "for_each": "$hidden", "as": "n", "layers": [{ "type": "Dense", "units": "$n" }] },
            ],
          },
          "training": {
            "epochs": 3, "optimizer": { "type": "SGD", "learning_rate": "$schedule" }, "loss": "mean_squared_error",
            "checkpoint_every": 10,
            "callbacks": [{ "type": "EarlyStopping", "baseline": 0.5 }, { "type": "TerminateOnNaN" }],
          },
          "seed": 9007199254740992,
          "expect": { "test_accuracy": { "min": 0.5 }, "best_val_loss": { "max": 3, "confidence": 0.95 } },
          "sweep": { "grid": { "let.hidden": [[1], "$hidden"] } },
        }
        """

    @Test func `a resolved config resolves to itself`() throws {
        let document = ConfigDocument(Array(Self.text.utf8), file: "c.json", directory: "/data/configs")
        let once = try document.resolved().json
        let again = ConfigDocument(Array(once.pretty.utf8), file: "config.json", directory: "/elsewhere")
        #expect(try again.resolved().json.pretty == once.pretty)
        #expect(once["let"] == nil)
        #expect(once["sweep"] == .some(nil))
        #expect(once["dataset"]?["path"] == "/data/configs/here")
        #expect(once["model"]?["initial_weights"] == "/data/configs/weights/../first.safetensors")
        #expect(once["model"]?["layers"]?.elements?.count == 4)
        #expect(once["training"]?["optimizer"]?["learning_rate"]?["alpha"] == 0.0)
    }

    @Test func `a sweep stays as it was written`() throws {
        let document = ConfigDocument(Array(Self.text.utf8), file: "c.json")
        #expect(try document.resolved().config.sweep?.grid.first?.value[1] == "$hidden")
    }

    @Test func `paths begin where the config lies`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "a.json")
        try Data(ConfigText("dataset", #"{ "path": "images" }"#).text.utf8).write(to: file)
        let config = try ConfigDocument(reading: file.path(percentEncoded: false)).resolved().config
        #expect(config.dataset.path == folder.appending(path: "images").path(percentEncoded: false))
    }
}
