import Layers
import Schema
import Tensors
import Testing

/// How a large sample of an initializer's numbers looked like in Keras.
struct InitializerCase: Sendable, CustomTestStringConvertible {
    let initializer: JSON
    let shape: Shape
    let min, max, mean, std: Double

    var testDescription: String { "\(initializer.compact) \(shape)" }

    static let all = KerasFigures.initializers.map { json in
        func number(_ key: String) -> Double { KerasFigures.read(Double.self, json[key]!) }
        return InitializerCase(
            initializer: json["initializer"]!, shape: Shape(KerasFigures.integers(json["shape"]!)), min: number("min"),
            max: number("max"), mean: number("mean"), std: number("std"))
    }
}

@Suite struct KerasInitializerTests {
    @Test(arguments: InitializerCase.all)
    func `an initializer's numbers are spread as Keras's`(_ example: InitializerCase) throws {
        let setting = try Format<any InitializerSetting>.initializer.value(from: example.initializer)
        var values: [Double] = []
        let memory = try FloatMemory(count: example.shape.count)
        for seed in 0..<UInt64(example.std == 0 ? 1 : 40_000 / example.shape.count + 1) {
            let source = RandomSource(seed: seed, purpose: "initializer")
            setting.initializer.fill(example.shape, from: source, into: memory, at: 0)
            values += memory.values().map(Double.init)
        }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        #expect(abs(mean - example.mean) <= 6 * example.std / count.squareRoot())
        #expect(abs(deviation - example.std) <= 0.015 * example.std)
        // The ends of a bounded distribution are sharp, those of the normal one are not.
        let width = example.max - example.min
        let slack = width * (width < 6 * example.std ? 0.002 : 0.15)
        #expect(abs((values.min() ?? 0) - example.min) <= slack)
        #expect(abs((values.max() ?? 0) - example.max) <= slack)
    }
}
