import Exchange
import Kernels
import Layers
import Schema
import Tensors
import TestSupport
import Testing

/// A small model that is exported: a list of layers on images of some shape.
struct ONNXCase: Sendable, CustomTestStringConvertible {
    let name: String
    let shape: [Int]
    /// Flatten and a Dense layer follow unless `isComplete`.
    let layers: [JSON]
    let isComplete: Bool
    /// What moving variances are drawn from.
    let variances: ClosedRange<Float>
    var testDescription: String { name }

    init(
        _ name: String, on shape: [Int], _ layers: [JSON], isComplete: Bool = false,
        variances: ClosedRange<Float> = 0.5...1.5
    ) {
        self.name = name
        self.shape = shape
        self.layers = layers
        self.isComplete = isComplete
        self.variances = variances
    }

    private static let end: [JSON] = [
        ["type": "Flatten", "name": "rows"], ["type": "Dense", "units": 4, "name": "head"],
    ]

    /// The model with weights that hide nothing: every bias, offset and statistic is a number of its own.
    func network() throws -> Network {
        let json = JSON(.array(layers + (isComplete ? [] : Self.end)))
        let network = try Network(
            Format<[PlacedLayer]>.list(of: .placedLayer).value(from: json), input: Shape(shape),
            loss: SparseCategoricalCrossentropy())
        let parameters = network.parameters
        parameters.initialize(seed: 0)
        for parameter in parameters.all {
            let bounds: ClosedRange<Float>
            switch parameter.name.split(separator: "/").last {
            case "bias", "beta", "moving_mean", "mean": bounds = -0.3...0.3
            case "gamma": bounds = 0.5...1.5
            case "moving_variance", "variance": bounds = variances
            case "alpha": bounds = 0.1...0.5
            default: continue
            }
            var noise = Noise(parameter.name)
            parameters.set(parameter, to: noise.floats(parameter.shape.count, in: bounds))
        }
        return network
    }

    func model() throws -> ExportedModel {
        let network = try network()
        let names = ["T-shirt/top", "7, \"seven\"", "é"]
        return ExportedModel(name: name, network: network, classNames: names)
    }

    /// Images, and what the tool's own inference says of them.
    static func predictions(_ network: Network, batch: Int) throws -> (images: [Float], probabilities: [Float]) {
        var noise = Noise("images")
        let images = try FloatMemory(count: batch * network.input.count)
        images.set(noise.floats(images.count, in: 0...1))
        let program = try network.program(.inference, batch: batch)
        program.bind(images: images, labels: try FloatMemory(count: batch))
        program.run(team: Team(threads: 2))
        return (images.values(), program.probabilities)
    }
}
