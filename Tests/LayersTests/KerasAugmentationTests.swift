import Autograd
import Kernels
import Layers
import Schema
import Tensors
import Testing

@Suite struct KerasAugmentationTests {
    @Test(arguments: KerasFigures.augmentation["cases"]!.elements!.indices)
    func `the same draw makes the same image as Keras's`(index: Int) throws {
        let figures = KerasFigures.augmentation["cases"]!.elements![index]
        let name = figures["name"]!.text!
        let layers = [PlacedLayer(try KerasFigures.layer(figures["layer"]!))]
        let result = try augmented(layers, figures)
        #expect(deviation(result, KerasFigures.floats(figures["output"]!), scale: 1) < 2e-5, "\(name)")
    }

    @Test(arguments: KerasFigures.augmentation["contrasts"]!.elements!.indices)
    func `contrast is Keras's`(index: Int) throws {
        let figures = KerasFigures.augmentation["contrasts"]!.elements![index]
        let range = KerasFigures.floats(figures["value_range"]!)
        let factor = Float(KerasFigures.read(Double.self, figures["factor"]!))
        let shape = Shape(Array(KerasFigures.integers(figures["input_shape"]!).dropFirst()))
        var graph = Graph()
        let x = try graph.feed("x", .image(shape))
        let y = try graph.apply(
            try AdjustTones(x, salt: 0) { _ in
                ToneCurve(scale: factor, offset: 0, lower: range[0], upper: range[1])
            }, to: x)
        let result = try run(graph, y, figures)
        #expect(deviation(result, KerasFigures.floats(figures["output"]!), scale: 1) < 1e-6)
    }

    private func augmented(_ layers: [PlacedLayer], _ figures: JSON) throws -> [Float] {
        let shape = Shape(Array(KerasFigures.integers(figures["input_shape"]!).dropFirst()))
        var recorder = Recorder(layers, isTraining: true)
        let x = try recorder.graph.feed("x", .image(shape))
        let y = try recorder.record(layers, reading: x).value
        return try run(recorder.graph, y, figures)
    }

    private func run(_ graph: Graph, _ y: Value, _ figures: JSON) throws -> [Float] {
        let batch = KerasFigures.integers(figures["input_shape"]!)[0]
        let program = try Program(graph, parameters: Parameters([]), batch: batch, outputs: [y])
        let values = KerasFigures.floats(figures["input"]!)
        let memory = try FloatMemory(count: values.count)
        memory.set(values)
        program.bind("x", to: memory)
        program.run(key: 5, team: Team(threads: 2))
        return program.values(of: y)
    }
}
