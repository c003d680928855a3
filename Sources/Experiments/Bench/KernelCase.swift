import Autograd
import Kernels
import Layers
import Schema
import Tensors

/// One pass of one layer, apart from everything around it: what a line of the bench measures.
package struct KernelCase: Sendable {
    /// What the layer computes.
    package enum Pass: String, Sendable, CaseIterable {
        case forward
        case inputGradient = "input gradient"
        case kernelGradient = "kernel gradient"
    }

    /// Layer and pass: `Conv2D kernel gradient`.
    package let name: String
    /// Window, images before, and one of them after: `3×3, 128×13×13×32 → 11×11×64`.
    package let shape: String
    /// Multiplications and additions for the batch, as if every window were multiplied out.
    package let flops: Double
    private let layer: any Layer
    private let pass: Pass
    private let input: Shape
    private let batch: Int

    /// Every pass of every layer with a kernel that a training step of the model computes.
    package static func all(of model: BenchModel) throws -> [KernelCase] {
        let (config, input) = (model.config, BenchModel.imageShape)
        let rows = try Recording(
            config.model.layers, input: input, loss: config.training.loss, isTraining: true
        ).rows
        var cases: [KernelCase] = []
        var shape = input
        for (layer, row) in zip(config.model.layers, rows) {
            defer { shape = row.outputShape }
            guard let kernel = row.parameters.first(where: { $0.name.hasSuffix("/kernel") }) else { continue }
            // Nobody wants the gradient of the images themselves.
            let passes = Pass.allCases.filter { $0 != .inputGradient || !cases.isEmpty }
            cases += try passes.map { pass throws(Problems) in
                try KernelCase(
                    pass, of: layer, row, kernel: kernel.shape, input: shape, batch: config.training.batchSize)
            }
        }
        return cases
    }

    private init(
        _ pass: Pass, of layer: any Layer, _ row: LayerRow, kernel: Shape, input: Shape, batch: Int
    ) throws(Problems) {
        // An activation would be a pass of its own.
        var linear = Format<any Layer>.layer.write(layer)
        linear["activation"] = "linear"
        self.layer = try Format<any Layer>.layer.value(from: linear)
        self.pass = pass
        self.input = input
        self.batch = batch
        name = "\(row.type) \(pass.rawValue)"
        func sizes(_ dimensions: some Sequence<Int>) -> String { dimensions.map(String.init).joined(separator: "×") }
        let window = kernel.rank == 4 ? sizes(kernel.dimensions.prefix(2)) + ", " : ""
        shape = "\(window)\(sizes([batch] + input.dimensions)) → \(sizes(row.outputShape.dimensions))"
        let places = row.outputShape.count / row.outputShape.channels
        flops = 2 * Double(batch) * Double(places) * Double(kernel.count)
    }

    /// How long the pass takes by all threads of a team.
    func seconds(_ stopwatch: Stopwatch, team: Team) throws -> Double {
        var recorder = Recorder(isTraining: true)
        let x = try recorder.graph.feed("x", .image(input))
        let y = try recorder.record(layer, x)
        let result = try recorded(x, y, in: &recorder.graph)
        let parameters = try Parameters(recorder.graph.parameters)
        parameters.initialize(seed: 0)
        let program = try Program(recorder.graph, parameters: parameters, batch: batch, outputs: [result])
        program.bind("x", to: try noise(input.count))
        program.bind("dy", to: try noise(y.shape.count))
        return stopwatch.secondsPerCall { program.run(key: 0, team: team) }
    }

    private func recorded(_ x: Value, _ y: Value, in graph: inout Graph) throws -> Value {
        guard pass != .forward else { return y }
        let kernel = graph.parameters.first { $0.name.hasSuffix("/kernel") }
        let target = pass == .inputGradient ? x : try kernel.map { try graph.parameter($0) } ?? x
        let upstream = try graph.feed("dy", y.type)
        return try graph.gradients(of: y, upstream: upstream, withRespectTo: [target])[0]
    }

    /// Numbers of which practically none is zero, because kernels may pass over zeros.
    private func noise(_ count: Int) throws -> FloatMemory {
        let shape = Shape(batch, count)
        let memory = try FloatMemory(count: shape.count)
        Initializer.uniform(-0.5, 0.5).fill(shape, from: RandomSource(seed: 0, purpose: "bench"), into: memory, at: 0)
        return memory
    }
}
