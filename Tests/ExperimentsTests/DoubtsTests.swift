import Experiments
import Testing

@Suite struct DoubtsTests {
    @Test(arguments: [("val_accuracy", true), ("val_loss", false)])
    func `callbacks that keep weights by different figures are pointed out`(monitor: String, isSo: Bool) throws {
        let text = """
            { "name": "a", "dataset": { "name": "mnist", "validation": { "fraction": 0.1 } },
              "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10 }] },
              "training": { "callbacks": [
                { "type": "EarlyStopping", "monitor": "val_loss", "restore_best_weights": true },
                { "type": "ModelCheckpoint", "monitor": "\(monitor)", "save_best_only": true }] } }
            """
        let said = try ConfigDocument(Array(text.utf8), file: "c.json").resolved().config.doubts.rendered()
        #expect(said.isEmpty != isSo)
        #expect(!isSo || said.contains("EarlyStopping and ModelCheckpoint keep weights by different figures"))
    }

    private func warning(_ layers: String, loss: String = "SparseCategoricalCrossentropy") throws -> String {
        let text = """
            { "name": "a", "dataset": { "name": "mnist" }, "model": { "layers": [{ "type": "Flatten" }, \(layers)] },
              "training": { "loss": "\(loss)" } }
            """
        return try ConfigDocument(Array(text.utf8), file: "c.json").resolved().config.doubts.rendered()
    }

    @Test(arguments: ["relu", "sigmoid", "tanh", "relu6"])
    func `an activation whose results are taken for logits is pointed out where it stands`(name: String) throws {
        let said = try warning(#"{ "type": "Dense", "units": 10, "activation": "\#(name)" }"#)
        #expect(said.hasPrefix("c.json:1:"))
        #expect(said.contains("model.layers[1].activation: \"\(name)\" is the last activation"))
        #expect(said.contains("write \"softmax\", or \"linear\" for logits (as from_logits=True in Keras)"))
    }

    @Test func `a layer that is such an activation is pointed out, too`() throws {
        let said = try warning(#"{ "type": "Dense", "units": 10 }, { "type": "ReLU" }"#)
        #expect(said.contains("model.layers[2]: \"relu\" is the last activation"))
        #expect(try warning(#"{ "type": "Dense", "units": 10 }, { "type": "Activation", "activation": "relu" }"#) != "")
    }

    @Test(arguments: [
        #"{ "type": "Dense", "units": 10, "activation": "softmax" }"#, #"{ "type": "Dense", "units": 10 }"#,
        #"{ "type": "Dense", "units": 10, "activation": "linear" }"#,
        #"{ "type": "Dense", "units": 10 }, { "type": "Softmax" }"#,
        #"{ "type": "Dense", "units": 9, "activation": "relu" }, { "type": "Dense", "units": 10 }"#,
    ])
    func `probabilities and logits are what is expected`(layers: String) throws {
        #expect(try warning(layers) == "")
    }

    @Test(arguments: ["Dropout", "GaussianDropout", "GaussianNoise"])
    func `a last layer that acts in training alone is pointed out`(type: String) throws {
        let key = type == "GaussianNoise" ? "stddev" : "rate"
        let said = try warning(
            #"{ "type": "Dense", "units": 10, "activation": "softmax" }, { "type": "\#(type)", "\#(key)": 0.2 }"#)
        #expect(said.contains("model.layers[2]: \(type) is the last layer"), "\(said)")
    }

    @Test func `a loss that takes any number takes these`() throws {
        #expect(
            try warning(#"{ "type": "Dense", "units": 10, "activation": "sigmoid" }"#, loss: "MeanSquaredError") == "")
    }
}
