import Kernels
import Tensors
import TestSupport
import Testing

@testable import Autograd

@Suite struct WideDenseTests {
    /// Result and gradients of a dense layer recorded by a closure.
    private func figures(
        inputs: Int, outputs: Int, batch: Int, threads: Int,
        record: (inout Graph, Value, Value, Value) throws -> Value
    ) throws -> [[Float]] {
        var noise = Noise("wide \(inputs) \(outputs) \(batch)")
        let weights = Parameter(
            name: "weights", shape: Shape(inputs, outputs), isTrainable: true, initializer: .constant(0))
        let bias = Parameter(name: "bias", shape: Shape(outputs), isTrainable: true, initializer: .constant(0))
        let parameters = try Parameters([weights, bias])
        parameters.trainable.set(noise.floats(parameters.trainable.count))
        var graph = Graph()
        let x = try graph.feed("x", .image(Shape(inputs)))
        let dy = try graph.feed("dy", .image(Shape(outputs)))
        let (w, b) = (try graph.parameter(weights), try graph.parameter(bias))
        let y = try record(&graph, x, w, b)
        let results = [y] + (try graph.gradients(of: y, upstream: dy, withRespectTo: [x, w, b]))
        let program = try Program(graph, parameters: parameters, batch: batch, outputs: results)
        for (name, count) in [("x", inputs), ("dy", outputs)] {
            let memory = try FloatMemory(count: batch * count)
            // As in pictures, some numbers are zero.
            memory.set(noise.floats(batch * count).map { name == "x" && abs($0) < 0.5 ? 0 : $0 })
            program.bind(name, to: memory)
        }
        program.run(key: 0, team: Team(threads: threads))
        return results.map { program.values(of: $0) }
    }

    @Test(arguments: [(256, 256), (4096, 16), (784, 96), (64, 1040)], [1, 7, 33, 150])
    func `a wide layer, of pictures and of features, gives the bits of one that goes through groups of images`(
        _ lengths: (inputs: Int, outputs: Int), batch: Int
    ) throws {
        let narrow = try figures(inputs: lengths.inputs, outputs: lengths.outputs, batch: batch, threads: 1) {
            graph, x, w, b in try graph.apply(Dense(x, weights: w, hasBias: true), to: x, w, b)
        }
        for (threads, arePictures) in [(1, true), (3, true), (1, false), (3, false)] {
            let wide = try figures(inputs: lengths.inputs, outputs: lengths.outputs, batch: batch, threads: threads) {
                graph, x, w, b in
                let features = arePictures ? x : try graph.apply(Rescale(x, scale: 1, offset: 0), to: x)
                let x = try graph.apply(Reshape(features, to: features.shape), to: features)
                let y = try graph.dense(x, weights: w, bias: b)
                let operation = try #require(graph.nodes[y.node].operation as? WideDense)
                #expect(operation.reads == (!arePictures ? .features : lengths.outputs >= 256 ? .lists : .pictures))
                return y
            }
            for (wide, narrow) in zip(wide, narrow) { #expect(firstDifference(wide, narrow) == nil) }
        }
    }

    @Test(arguments: [(100, 100), (1004, 1004), (784, 10)])
    func `few weights, and rows that are no whole vectors, stay narrow`(inputs: Int, outputs: Int) throws {
        var graph = Graph()
        let x = try graph.feed("x", .image(Shape(inputs)))
        let w = try graph.feed("w", .whole(Shape(inputs, outputs)))
        let y = try graph.dense(x, weights: w, bias: nil)
        #expect(graph.nodes[y.node].operation is Dense)
    }
}
