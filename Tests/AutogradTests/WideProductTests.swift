import Kernels
import Tensors
import TestSupport
import Testing

@testable import Autograd

@Suite struct WideProductTests {
    /// Result and gradients of a dense layer whose features a closure makes of those that are given with each batch.
    private func figures(
        inputs: Int, outputs: Int, batch: Int, threads: Int, rewrites: Rewrites = .all,
        features: (inout Graph, Value) throws -> Value = { $1 }, inspect: (any Operation) -> Void = { _ in }
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
        let z = try features(&graph, x)
        let product = try graph.apply(MatrixProduct(z, weights: w, hasBias: true), to: z, w, b)
        let joined = try Rewriting(graph, rewrites.forward)
        graph = joined.result
        let y = joined[product]
        if let operation = graph.nodes[y.node].operation { inspect(operation) }
        let results =
            [y] + (try graph.gradients(of: y, upstream: joined[dy], withRespectTo: [joined[x], joined[w], joined[b]]))
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
        let narrow = try figures(
            inputs: lengths.inputs, outputs: lengths.outputs, batch: batch, threads: 1, rewrites: .none)
        for (threads, arePictures) in [(1, true), (3, true), (1, false), (3, false)] {
            let wide = try figures(inputs: lengths.inputs, outputs: lengths.outputs, batch: batch, threads: threads) {
                graph, x in
                let features = arePictures ? x : try graph.apply(Rescale(x, scale: 1, offset: 0), to: x)
                return try graph.apply(Reshape(features, to: features.shape), to: features)
            } inspect: { operation in
                let reads = (operation as? WideMatrixProduct)?.reads
                #expect(reads == (!arePictures ? .features : lengths.outputs >= 256 ? .lists : .pictures))
            }
            for (wide, narrow) in zip(wide, narrow) { #expect(firstDifference(wide, narrow) == nil) }
        }
    }

    @Test(arguments: [(100, 100), (1004, 1004), (784, 10)])
    func `few weights, and rows that are no whole vectors, stay narrow`(inputs: Int, outputs: Int) throws {
        _ = try figures(
            inputs: inputs, outputs: outputs, batch: 1, threads: 1,
            inspect: { operation in
                #expect(operation is MatrixProduct)
            })
    }
}
