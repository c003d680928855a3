import Experiments
import Schema
import Testing
import Training

@Suite struct ConfigTests {
    static let least: JSON = [
        "name": "a", "dataset": ["name": "mnist"],
        "model": ["layers": [["type": "Flatten"], ["type": "Dense", "units": 10]]],
    ]

    @Test func `what is left out is as in Keras`() throws {
        let config = try ExperimentConfig(from: Self.least)
        #expect(config.training.epochs == 1)
        #expect(config.training.batchSize == 32)
        #expect(config.training.shuffle)
        #expect(config.json["training"]?["optimizer"]?["type"] == "RMSprop")
        #expect(config.json["training"]?["loss"]?["type"] == "SparseCategoricalCrossentropy")
        #expect(config.dataset.validation == nil)
        #expect(config.expect.bounds.isEmpty)
    }

    @Test func `what was read and written reads the same again`() throws {
        var json = Self.least
        json["dataset"]?["validation"] = ["folds": 5, "fold": 4, "from": "stratified"]
        json["training"] = [
            "callbacks": [
                ["type": "EarlyStopping", "patience": 3], ["type": "ReduceLROnPlateau"],
                ["type": "ModelCheckpoint", "save_best_only": true], ["type": "TerminateOnNaN"],
            ]
        ]
        json["expect"] = ["test_accuracy": ["min": 0.98], "best_val_loss": ["max": 0.1, "confidence": 0.95]]
        let once = try ExperimentConfig(from: json).json
        #expect(try ExperimentConfig(from: JSON(parsing: once.pretty)).json == once)
        #expect(once["training"]?["callbacks"]?[1]?["min_delta"] == 1e-4)
    }
}
