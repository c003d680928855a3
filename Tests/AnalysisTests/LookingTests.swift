import Kernels
import Layers
import Schema
import Tensors
import Testing

@testable import Analysis

/// What is seen of a network's layers, filters and gradients.
@Suite struct LookingTests {
    private static let conv = #"{ "type": "Conv2D", "filters": 3, "kernel_size": 2, "activation": "relu" }"#
    private static let dense = #"{ "type": "Dense", "units": 4, "activation": "softmax" }"#
    private static let convnet =
        "\(conv), { \"type\": \"MaxPooling2D\" }, { \"type\": \"Flatten\" }, { \"type\": \"Dropout\", \"rate\": 0.5 }, \(dense)"

    private static func network(_ layers: String, channels: Int = 1) throws -> Network {
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(
            from: JSON(parsing: Array("[\(layers)]".utf8)))
        let network = try Network(layers, input: Shape(5, 5, channels), loss: SparseCategoricalCrossentropy())
        network.parameters.initialize(seed: 1)
        return network
    }

    private static let image = (0..<25).map { Float($0 % 7) / 7 }
    private let team = Team(threads: 2)

    @Test func `every layer that makes new numbers is shown, in order`() throws {
        let network = try Self.network(Self.convnet)
        let maps = try FeatureMaps(of: network, image: Self.image, team: team)
        #expect(maps.layers.map(\.name) == ["conv2d", "max_pooling2d", "dense"])
        #expect(maps.layers.map(\.isImage) == [true, true, false])
        #expect(maps.passedOn == ["flatten", "dropout"])
        #expect(maps.layers[0].map(1).count == 16)
        // The largest of each four, though training joins both layers.
        let (before, after) = (maps.layers[0].map(2), maps.layers[1].map(2))
        #expect(after[0] == [before[0], before[1], before[4], before[5]].max())
    }

    @Test func `the last layer gives what evaluation computes`() throws {
        let network = try Self.network(Self.convnet)
        let maps = try FeatureMaps(of: network, image: Self.image, team: team)
        let images = try FloatMemory(count: 25)
        images.set(Self.image)
        let program = try network.program(.inference, batch: 1)
        program.bind(images: images, labels: try FloatMemory(count: 1))
        program.run(team: team)
        for (shown, computed) in zip(try #require(maps.layers.last).values, program.probabilities) {
            #expect(abs(shown - computed) < 1e-6)
        }
    }

    @Test func `a linear model's saliency is its weights, however sure its softmax is`() throws {
        let network = try Self.network("{ \"type\": \"Flatten\" }, \(Self.dense)")
        let kernel = try #require(network.parameters["dense/kernel"])
        let weights = network.parameters.values(of: kernel).map { $0 * 100 }
        network.parameters.set(kernel, to: weights)
        let map = try Saliency(of: network, copies: 3).map(of: Self.image, class: 2, team: team)
        for pixel in 0..<25 { #expect(abs(map[pixel] - weights[pixel * 4 + 2]) < 1e-3) }
    }

    @Test func `a convnet's saliency is the slope of the class's score`() throws {
        // Without a softmax the last layer gives the scores themselves.
        let network = try Self.network(Self.convnet.replacing(#", "activation": "softmax""#, with: ""))
        let map = try Saliency(of: network, copies: 1, deviation: 0).map(of: Self.image, class: 1, team: team)
        func score(_ image: [Float]) throws -> Float {
            let maps = try FeatureMaps(of: network, image: image, team: team)
            return maps.layers[maps.layers.count - 1].values[1]
        }
        for pixel in [0, 6, 12, 18] {
            var (above, below) = (Self.image, Self.image)
            above[pixel] += 1e-3
            below[pixel] -= 1e-3
            #expect(abs(map[pixel] - (try score(above) - score(below)) / 2e-3) < 1e-2)
        }
        #expect(map.contains { abs($0) > 0.05 })
    }

    @Test func `saliency is the same for any number of threads`() throws {
        let network = try Self.network(Self.convnet)
        let maps = try [1, 2, 3].map { threads in
            try Saliency(of: network).map(of: Self.image, class: 0, team: Team(threads: threads))
        }
        #expect(maps[0] == maps[1] && maps[0] == maps[2])
    }

    @Test func `filters are found by row, column, channel and number`() throws {
        let network = try Self.network(Self.convnet, channels: 2)
        let kernel = try #require(network.parameters["conv2d/kernel"])
        network.parameters.set(kernel, to: (0..<24).map(Float.init))
        let filters = try #require(Filters.all(of: network).first)
        #expect([filters.count, filters.channels, filters.height, filters.width] == [3, 2, 2, 2])
        #expect(filters.weights(filter: 2, channel: 1) == [5, 11, 17, 23])
    }

    @Test func `each channel of a depthwise convolution has filters of its own, and a dense model none`() throws {
        let depthwise = #"{ "type": "DepthwiseConv2D", "kernel_size": 2, "depth_multiplier": 2 }"#
        let network = try Self.network("\(depthwise), { \"type\": \"Flatten\" }, \(Self.dense)", channels: 3)
        let filters = try #require(Filters.all(of: network).first)
        #expect([filters.count, filters.channels] == [6, 1])
        #expect(filters.weights(filter: 5, channel: 0).count == 4)
        #expect(Filters.all(of: try Self.network("{ \"type\": \"Flatten\" }, \(Self.dense)")).isEmpty)
    }
}
