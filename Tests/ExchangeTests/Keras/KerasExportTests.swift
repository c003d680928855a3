import Layers
import Schema
import Tensors
import TestSupport
import Testing

@testable import Datasets
@testable import Exchange

/// Models as Keras loads them; that it does so is checked by Tests/Peers/check_keras.py.
@Suite struct KerasExportTests {
    private static let head: [JSON] = [["type": "Flatten"], ["type": "Dense", "units": 10, "activation": "softmax"]]
    private static let conv: JSON = ["type": "Conv2D", "filters": 3, "kernel_size": 5, "strides": 3]

    private static func named(_ name: String, _ inputs: JSON? = nil) -> JSON {
        var layer = conv
        layer["name"] = JSON(name)
        layer["padding"] = "same"
        layer["strides"] = 1
        layer["inputs"] = inputs
        return layer
    }

    /// Models that come back from Keras's files as the same computation.
    static let models: [(name: String, layers: [JSON])] = [
        ("chain", [conv, ["type": "BatchNormalization"], ["type": "Dropout", "rate": 0.3]] + head),
        (
            "branches",
            [
                named("c"), named("a", ["input"]), named("b"), ["type": "Add", "inputs": ["b", "c", "a"]],
                named("d", ["c"]), ["type": "Concatenate", "inputs": ["d", "add"]],
            ] + head
        ),
        (
            "residual",
            [
                conv,
                [
                    "type": "Residual", "layers": [["type": "Activation", "activation": "tanh"], named("inner")],
                    "shortcut": [["type": "Conv2D", "filters": 3, "kernel_size": 1]],
                ],
                ["type": "Residual", "layers": [["type": "BatchNormalization"]]],
            ] + head
        ),
        (
            "augmented",
            [
                ["type": "RandomRotation", "factor": 0.1], ["type": "RandomContrast", "factor": 0.2],
                ["type": "RandomHeight", "factor": 0.2], ["type": "RandomErasing"], conv,
            ] + head
        ),
        (
            "shapes",
            [
                ["type": "ZeroPadding2D", "padding": [1, [0, 2]]],
                ["type": "Cropping2D", "cropping": [[1, 2], [3, 4]]],
                ["type": "Resizing", "height": 9, "width": 12], ["type": "Permute", "dims": [3, 1, 2]],
                ["type": "Reshape", "target_shape": [-1, 4]],
                ["type": "Normalization", "mean": [1, 2, 3, 4], "variance": [2, 3, 4, 5]],
            ] + head
        ),
        (
            "activations",
            [
                conv, ["type": "ReLU", "max_value": 6], ["type": "LeakyReLU"],
                ["type": "PReLU", "shared_axes": [1, 2], "alpha_initializer": "ones"],
                [
                    "type": "SeparableConv2D", "filters": 2, "kernel_size": 3, "activation": "gelu",
                    "depthwise_regularizer": ["type": "L1L2", "l1": 0.1, "l2": 0.2],
                    "pointwise_initializer": ["type": "VarianceScaling", "scale": 2],
                ],
                ["type": "LayerNormalization"], ["type": "Rescaling", "scale": [1, 2]],
            ] + head
        ),
        (
            "groups and gaps",
            [
                conv,
                [
                    "type": "Conv2D", "filters": 6, "kernel_size": 2, "groups": 3, "dilation_rate": [2, 1],
                    "bias_regularizer": ["type": "L2", "l2": 0.1],
                ],
                ["type": "DepthwiseConv2D", "kernel_size": 2, "dilation_rate": 3, "padding": "same"],
                ["type": "SeparableConv2D", "filters": 2, "kernel_size": 3, "dilation_rate": 2],
            ] + head
        ),
        ("frozen", [named("a"), ["type": "BatchNormalization", "trainable": false]] + head),
    ]

    private func exported(_ network: Network) -> ExportedModel {
        ExportedModel(
            name: "a model", network: network, classNames: [],
            training: ExportedTraining(
                optimizer: ["type": "Adam", "learning_rate": 0.01],
                loss: ["type": "SparseCategoricalCrossentropy", "label_smoothing": 0.0]))
    }

    @Test(arguments: models.indices)
    func `a model that was exported and imported again computes the same bits`(index: Int) throws {
        let network = try KerasFixtures.network(Self.models[index].layers, seed: 1)
        let file = try KerasArchive.encode(exported(network))
        let model = try ImportedModel(try KerasFile(parsing: file), images: KerasFixtures.images)
        let again = try KerasFixtures.network(model)
        #expect(try KerasFixtures.probabilities(again) == KerasFixtures.probabilities(network))
        #expect(again.parameters.all.map(\.name).sorted() == network.parameters.all.map(\.name).sorted())
        #expect(model.remarks.isEmpty)
        #expect(model.optimizer?["learning_rate"] == 0.01)
        #expect(try KerasArchive.encode(exported(network)) == file)
    }

    @Test(arguments: models.indices, [".weights.h5", ".keras", ".npz"])
    func `weights find their parameters again, whatever the file`(index: Int, ending: String) throws {
        let layers = Self.models[index].layers
        let network = try KerasFixtures.network(layers, seed: 1)
        let file = try #require(ModelFormats.format(of: "a\(ending)")).encode(exported(network))
        var found: [String: [Float]] = [:]
        if ending == ".npz" {
            for array in try NumPyWeights.arrays(in: file) { found[array.name] = array.values }
        } else {
            let other = try KerasFixtures.network(layers, seed: 2)
            for tensor in try KerasContents(parsing: file).tensors(for: other.flatLayers) {
                found[tensor.name] = tensor.values.values
            }
        }
        #expect(found.count == network.parameters.all.count)
        for parameter in network.parameters.all {
            #expect(found[parameter.name] == network.parameters.values(of: parameter), "\(parameter.name)")
        }
    }

    @Test func `layers of the same kind are numbered in Keras's order`() throws {
        let nodes = KerasModel.nodes(of: try KerasFixtures.network(Self.models[1].layers).flatLayers).nodes
        // a is read by b, so it is farther from the end than c.
        #expect(nodes.map(\.name) == ["a", "c", "b", "d", "add", "concatenate", "flatten", "dense"])
        let paths = KerasModel.paths(of: nodes)
        #expect(paths["a"] == "layers/conv2d/vars" && paths["c"] == "layers/conv2d_1/vars")
    }

    @Test func `layers of an application have its names where nothing else has them`() throws {
        let layers: [JSON] = [
            ["type": "Resizing", "height": 32, "width": 32], ["type": "Rescaling", "scale": 255],
            ["type": "Concatenate", "inputs": ["rescaling", "rescaling", "rescaling"]],
            ["type": "EfficientNetB0", "weights": nil], ["type": "GlobalAveragePooling2D"],
            ["type": "Dense", "units": 10],
        ]
        let nodes = KerasModel.nodes(of: try KerasFixtures.network(layers).flatLayers).nodes
        let names = nodes.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("rescaling") && names.contains("efficientnetb0_rescaling"))
        #expect(names.contains("block2b_add") && names.last == "dense")
        #expect(nodes.allSatisfy { !$0.inputs.isEmpty && Set($0.inputs).isSubset(of: names + ["input"]) })
    }

    @Test func `a layer that Keras does not have is refused by its name`() throws {
        let layers: [JSON] = [
            ["type": "RandomFlip", "always": true], ["type": "RandomHeight", "factor": 0.1, "always": true],
            ["type": "RandomCrop", "height": 28, "width": 28], ["type": "RandomCrop", "height": 20, "width": 20],
        ]
        let network = try KerasFixtures.network(layers + Self.head)
        #expect {
            try KerasArchive.encode(exported(network))
        } throws: { error in
            let reasons = (error as? ExportError)?.reasons ?? []
            return reasons.count == 3 && reasons[0].hasPrefix("random_flip always augments")
                && reasons[1].hasPrefix("random_height always augments")
                && reasons[2].hasPrefix("random_crop_1 gives images another size")
        }
    }

    @Test func `a training that Keras cannot go on with is left out`() throws {
        let network = try KerasFixtures.network(Self.head)
        let loss: JSON = ["type": "SparseCategoricalCrossentropy", "label_smoothing": 0.0]
        let adam: JSON = ["type": "Adam", "learning_rate": 0.01]
        let cycle: JSON = ["type": "SGD", "learning_rate": ["type": "OneCycle", "max_learning_rate": 0.1]]
        let smoothed: JSON = ["type": "SparseCategoricalCrossentropy", "label_smoothing": 0.1]
        #expect(kerasTraining(ExportedTraining(optimizer: adam, loss: loss), of: network) != nil)
        #expect(kerasTraining(ExportedTraining(optimizer: cycle, loss: loss), of: network) == nil)
        #expect(kerasTraining(ExportedTraining(optimizer: adam, loss: smoothed), of: network) == nil)
        #expect(
            kerasTraining(ExportedTraining(optimizer: adam, loss: ["type": "MeanSquaredError"]), of: network) == nil)
    }
}
