import Layers
import Schema
import TestSupport
import Testing

@testable import Exchange

/// Whole models that Keras saved.
@Suite struct KerasImportTests {
    static func model(_ name: String) throws -> ImportedModel {
        try ImportedModel(try KerasFile(parsing: KerasFixtures.file(name)), images: KerasFixtures.images)
    }

    @Test(arguments: ["sequence", "graph", "nested"], [".keras", ".h5"])
    func `a model of Keras's says here what it says there`(name: String, ending: String) throws {
        let network = try KerasFixtures.network(try Self.model(name + ending))
        let wanted = try KerasFixtures.probabilities(name)
        let found = try KerasFixtures.probabilities(network)
        #expect(found.count == wanted.count)
        #expect(zip(found, wanted).allSatisfy { ($0 - $1).magnitude < 1e-5 })
    }

    @Test(arguments: [".keras", ".h5"])
    func `layers are written as a person would`(ending: String) throws {
        let model = try Self.model("sequence" + ending)
        #expect(
            model.layers == [
                ["type": "Reshape", "target_shape": [28, 28, 1]],
                [
                    "type": "Conv2D", "name": "layer_1st", "filters": 2, "kernel_size": [5, 3], "strides": 3,
                    "activation": "silu",
                ],
                ["type": "BatchNormalization", "momentum": 0.9], ["type": "LeakyReLU"],
                ["type": "Dropout", "rate": 0.2], ["type": "Flatten"],
                ["type": "Dense", "units": 10, "kernel_regularizer": ["type": "L2", "l2": 0.001]],
            ])
        #expect(model.remarks == ["1st: is called layer_1st here"])
        #expect(model.loss == nil)
        #expect(model.optimizer?["type"] == "SGD")
        #expect(model.optimizer?["momentum"] == 0.9)
        #expect(model.optimizer?["learning_rate"]?["type"] == "ExponentialDecay")
        #expect(model.optimizer?["learning_rate"]?["initial_learning_rate"] == 0.1)
    }

    @Test func `branches name what they read, and a sum without a layer becomes one`() throws {
        let layers = try Self.model("graph.keras").layers
        let readers = layers.map { layer in
            "\(layer["name"]?.text ?? layer["type"]?.text ?? "") \(layer["inputs"]?.compact ?? "")"
        }
        #expect(readers.contains("b "))
        #expect(readers.contains(#"Add ["b","depthwise_conv2d"]"#))
        #expect(readers.contains(#"Concatenate ["add","separable_conv2d"]"#))
    }

    @Test func `layers of models within a model stand beside the others, under names of their own`() throws {
        let model = try Self.model("nested.keras")
        let names = model.weights.tensors.map(\.name).filter { $0.hasSuffix("/kernel") }
        #expect(Set(names) == ["conv/kernel", "block_conv/kernel", "conv_2/kernel", "dense/kernel"])
        #expect(model.remarks == ["block/conv: is called block_conv here", "conv: is called conv_2 here"])
    }
}
