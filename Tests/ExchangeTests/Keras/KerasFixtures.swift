import Exchange
import Foundation
import Kernels
import Layers
import Schema
import Tensors
import TestSupport

/// Files that Keras wrote, and what it says of two images (Tests/Peers/fixtures/keras_files.py).
enum KerasFixtures {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/keras_files")

    static func file(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: folder.appending(path: name)))
    }

    static let images = Shape(28, 28, 1)

    /// What Keras says of two images, one after the other.
    static func probabilities(_ name: String) throws -> [Float] {
        let cases = try JSON(parsing: file("figures.json"))["cases"]?.elements ?? []
        let rows = cases.first { $0["name"]?.text == name }?["probabilities"]?.elements ?? []
        return try rows.flatMap { try [Double](from: $0) }.map { Float($0) }
    }

    /// A network of a config's layers.
    static func network(_ layers: [JSON], seed: UInt64 = 0) throws -> Network {
        let placed = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(.array(layers)))
        let network = try Network(placed, input: images, loss: SparseCategoricalCrossentropy())
        network.parameters.initialize(seed: seed)
        return network
    }

    static func network(_ model: ImportedModel) throws -> Network {
        let network = try network(model.layers)
        for parameter in network.parameters.all {
            network.parameters.set(parameter, to: model.weights[parameter.name]?.floats ?? [])
        }
        return network
    }

    /// What a network says of the fixtures' two images.
    static func probabilities(_ network: Network) throws -> [Float] {
        let pixels = try FloatMemory(count: 2 * images.count)
        pixels.set(hashedValues(2 * images.count, salt: 1, in: 0...1))
        let program = try network.program(.inference, batch: 2)
        program.bind(images: pixels, labels: try FloatMemory(count: 2))
        program.run(team: Team(threads: 1))
        return program.probabilities
    }
}
