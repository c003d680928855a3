import Autograd
import Datasets
import Foundation
import Kernels
import Layers
import Optimizers
import Schema
import Tensors
import Testing
import Training

/// What frozen layers make of an image is computed once, and nothing else changes.
@Suite struct FeatureTests {
    private static let digits = SyntheticDigits.make(training: 230, test: 50)

    /// Where in the model the learning begins; everything before is frozen.
    private static let models = [
        "a chain": """
        { "type": "Conv2D", "filters": 8, "kernel_size": 3, "activation": "relu", "trainable": false },
        { "type": "BatchNormalization", "trainable": false },
        { "type": "MaxPooling2D" },
        { "type": "Conv2D", "filters": 12, "kernel_size": 3, "activation": "relu", "trainable": false },
        { "type": "GlobalAveragePooling2D" }, { "type": "Dropout", "rate": 0.2 },
        """,
        "a frozen dense layer": """
        { "type": "Flatten" }, { "type": "Dense", "units": 100, "activation": "relu", "trainable": false },
        """,
        "two branches": """
        { "type": "Conv2D", "filters": 12, "kernel_size": 3, "activation": "relu", "trainable": false, "name": "a" },
        { "type": "GlobalAveragePooling2D", "name": "frozen" },
        { "type": "GlobalMaxPooling2D", "inputs": ["a"], "name": "most" },
        { "type": "Conv2D", "filters": 2, "kernel_size": 5, "strides": 3, "inputs": ["input"] },
        { "type": "GlobalAveragePooling2D" }, { "type": "BatchNormalization", "name": "learned" },
        { "type": "Concatenate", "inputs": ["frozen", "most", "learned"] },
        """,
    ]

    private static func network(_ model: String, splits: Bool = true) throws -> Network {
        let text = "[\(models[model] ?? model) { \"type\": \"Dense\", \"units\": 10 }]"
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(parsing: Array(text.utf8)))
        let network = try Network(
            layers, input: Shape(28, 28, 1), loss: SparseCategoricalCrossentropy(), splits: splits)
        network.parameters.initialize(seed: 5)
        return network
    }

    @Test func `a model of which nothing learns has the loss that it would have otherwise`() throws {
        // Scores so far apart that probabilities would be cut off if they were not joined with the loss.
        let text = """
            [{ "type": "Conv2D", "filters": 8, "kernel_size": 5, "activation": "relu", "trainable": false },
             { "type": "GlobalAveragePooling2D" },
             { "type": "Dense", "units": 10, "activation": "softmax", "trainable": false,
               "kernel_initializer": { "type": "RandomNormal", "stddev": 100 } }]
            """
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(parsing: Array(text.utf8)))
        let losses = try [true, false].map { splits in
            let network = try Network(
                layers, input: Shape(28, 28, 1), loss: SparseCategoricalCrossentropy(), splits: splits)
            network.parameters.initialize(seed: 5)
            return try Evaluation(of: network, on: Self.digits.test, team: Team(threads: 2)).score.loss
        }
        #expect(losses[0] == losses[1] && losses[0] > 5)
    }

    private struct Outcome: Equatable {
        var weights: [UInt32] = []
        var losses: [Double] = []
    }

    private static func outcome(
        _ network: Network, threads: Int = 2, features: FeatureKeeping = .inMemory, pausingAfter steps: Int? = nil
    ) throws -> Outcome {
        let trainer = try Trainer(
            network,
            TrainerSettings(epochs: 3, batchSize: 32, optimizer: Adam(), seed: 1, features: features),
            data: digits.training, images: Array(30..<230),
            validation: (digits.training, Array(0..<30)), team: Team(threads: threads))
        var left = steps ?? .max
        _ = try trainer.run {
            left -= 1
            return left == 0
        }
        if steps != nil { _ = try trainer.run() }
        let history = trainer.view.state.history
        return Outcome(
            weights: network.parameters.snapshot.map(\.bitPattern),
            losses: history.flatMap { [$0.loss, $0.validation?.loss ?? 0, $0.validation?.accuracy ?? 0] })
    }

    @Test(arguments: models.keys.sorted())
    func `training from kept features has the bits of training from images`(model: String) throws {
        let network = try Self.network(model)
        #expect(network.training.fixed != nil && network.inference.fixed != nil)
        let apart = try Self.network(model, splits: false)
        #expect(apart.training.fixed == nil && apart.inference.fixed == nil)
        let expected = try Self.outcome(apart)
        #expect(expected.losses.count == 9)
        for threads in [1, 2, 3, 7] {
            #expect(try Self.outcome(Self.network(model), threads: threads) == expected, "\(threads) threads")
        }
        let folder = FileManager.default.temporaryDirectory.path
        for features in [FeatureKeeping.none, .inFile(folder: folder)] {
            #expect(try Self.outcome(Self.network(model), features: features) == expected, "\(features)")
        }
        #expect(try Self.outcome(Self.network(model), pausingAfter: 9) == expected)
    }

    @Test func `a file that cannot be made is an error that names the folder`() throws {
        let error = #expect(throws: MemoryError.self) {
            _ = try Self.outcome(Self.network("a chain"), features: .inFile(folder: "/nowhere"))
        }
        #expect(error?.description == "0 MiB could not be reserved in a file in /nowhere: No such file or directory")
    }

    @Test func `what varies, what learns and what is cheap is not kept`() throws {
        let frozen = #"{ "type": "Conv2D", "filters": 12, "kernel_size": 3, "trainable": false },"#
        let end = #"{ "type": "GlobalAveragePooling2D" },"#
        let unkept = [
            #"{ "type": "RandomFlip" },"# + frozen + end,
            #"{ "type": "BatchNormalization", "center": false, "scale": false },"# + frozen + end,
            #"{ "type": "Conv2D", "filters": 1, "kernel_size": 3 },"# + frozen + end,
            #"{ "type": "GaussianNoise", "stddev": 0.1 },"# + frozen + end,
            // As many floats as it has multiplications and additions is no saving.
            #"{ "type": "Rescaling", "scale": 2.0 }, { "type": "Flatten" },"#,
            frozen + #"{ "type": "Flatten" },"#,
        ]
        for model in unkept { #expect(try Self.network(model).training.fixed == nil, "\(model)") }
        // What only training draws at random is fixed afterwards, and kept for validation.
        #expect(try Self.network(unkept[0]).inference.fixed != nil)
        #expect(try Self.network(#"{ "type": "Rescaling", "scale": 2.0 },"# + frozen + end).training.fixed != nil)
    }
}
