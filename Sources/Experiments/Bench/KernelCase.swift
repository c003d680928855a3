import Autograd
import Kernels
import Layers
import Schema
import Tensors

/// One pass of one layer, apart from everything around it, or all passes of a convolution with the max pool that training joins to
/// it: what a line of the bench measures.
package struct KernelCase: Sendable {
    /// What the layer computes.
    package enum Pass: String, Sendable, CaseIterable {
        case forward
        case inputGradient = "input gradient"
        case kernelGradient = "kernel gradient"
    }

    /// Layer and pass: `Conv2D kernel gradient`; or layers: `Conv2D + MaxPooling2D`.
    package let name: String
    /// Window, images before, and one of them after: `3×3, 128×13×13×32 → 11×11×64`.
    package let shape: String
    /// Multiplications and additions for the batch, as if every window were multiplied out.
    package let flops: Double
    let layers: [any Layer]
    let passes: [Pass]
    let input: Shape
    let batch: Int

    /// Whether it is one pass of one layer: together, those are all multiplications of a training step.
    package var isSingle: Bool { layers.count == 1 }

    /// Every pass of every layer with a kernel that a training step of the model computes, and every convolution with its pool.
    package static func all(of model: BenchModel) throws -> [KernelCase] {
        let (config, input) = (model.config, BenchModel.imageShape)
        let rows = try Recording(
            config.model.layers, input: input, loss: config.training.loss, isTraining: true
        ).rows
        var cases: [KernelCase] = []
        var shape = input
        for (index, row) in rows.enumerated() {
            defer { shape = row.outputShape }
            guard let kernel = row.parameters.first(where: { $0.name.hasSuffix("/kernel") }) else { continue }
            // Training needs no gradient of the images themselves.
            let passes = Pass.allCases.filter { $0 != .inputGradient || !cases.isEmpty }
            let layer = config.model.layers[index].layer
            let batch = config.training.batchSize
            let places = row.outputShape.count / row.outputShape.channels
            let flops = 2 * Double(batch) * Double(places) * Double(kernel.shape.count)
            func add(_ name: String, _ layers: [any Layer], _ passes: [Pass], output: Shape) {
                let window = kernel.shape.rank == 4 ? sizes(kernel.shape.dimensions.prefix(2)) + ", " : ""
                cases.append(
                    KernelCase(
                        name: name,
                        shape: "\(window)\(sizes([batch] + shape.dimensions)) → \(sizes(output.dimensions))",
                        flops: flops * Double(passes.count), layers: layers, passes: passes, input: shape,
                        batch: batch))
            }
            let linear = try linear(layer)
            for pass in passes { add("\(row.type) \(pass.rawValue)", [linear], [pass], output: row.outputShape) }
            if index + 1 < rows.count, let pool = config.model.layers[index + 1].layer as? MaxPooling2D {
                let output = rows[index + 1]
                add("\(row.type) + \(output.type)", [layer, pool], passes, output: output.outputShape)
            }
        }
        return cases
    }

    /// The layer without its activation, which would be a pass of its own.
    private static func linear(_ layer: any Layer) throws(Problems) -> any Layer {
        var linear = Format<any Layer>.layers.format.write(layer)
        linear["activation"] = "linear"
        return try Format<any Layer>.layers.format.value(from: linear)
    }

    static func sizes(_ dimensions: some Sequence<Int>) -> String {
        dimensions.map(String.init).joined(separator: "×")
    }

    /// How long it takes by all threads of a team.
    func seconds(_ stopwatch: Stopwatch, team: Team) throws -> Double {
        let placed = layers.map { PlacedLayer($0) }
        var recorder = Recorder(placed, isTraining: true)
        let input = try recorder.graph.feed("x", .image(input))
        let output = try recorder.record(placed, reading: input).value
        let joined = try Rewriting(recorder.graph, Rewrites.all.forward)
        var graph = joined.result
        let recorded = try results(joined[input], joined[output], in: &graph)
        let final = try Rewriting(graph, Rewrites.all.backward)
        let parameters = try Parameters(graph.parameters)
        parameters.initialize(seed: 0)
        let program = try Program(
            final.result, parameters: parameters, batch: batch, outputs: recorded.map { final[$0] })
        program.bind("x", to: try noise(input.shape.count))
        program.bind("dy", to: try noise(output.shape.count))
        return stopwatch.secondsPerCall { program.run(key: 0, team: team) }
    }

    /// What the passes compute, the results first.
    private func results(_ x: Value, _ y: Value, in graph: inout Graph) throws -> [Value] {
        let kernel = graph.parameters.first { $0.name.hasSuffix("/kernel") }
        var targets: [Value] = []
        if passes.contains(.inputGradient) { targets.append(x) }
        if passes.contains(.kernelGradient), let kernel { targets.append(try graph.parameter(kernel)) }
        let results = passes.contains(.forward) ? [y] : []
        if targets.isEmpty { return results }
        let upstream = try graph.feed("dy", y.type)
        return results + (try graph.gradients(of: y, upstream: upstream, withRespectTo: targets))
    }

    /// Numbers of which practically none is zero, because kernels may pass over zeros.
    private func noise(_ count: Int) throws -> FloatMemory {
        let shape = Shape(batch, count)
        let memory = try FloatMemory(count: shape.count)
        Initializer.uniform(-0.5, 0.5).fill(shape, from: RandomSource(seed: 0, purpose: "bench"), into: memory, at: 0)
        return memory
    }
}
