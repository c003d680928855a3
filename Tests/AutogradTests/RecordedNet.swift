import Autograd
import Kernels
import Oracles
import Tensors
import TestSupport

/// A net recorded for training, with parameters and data to run it on.
struct RecordedNet {
    let graph: Graph
    let parameters: Parameters
    /// The loss, its gradients, the new moving statistics, and what the net wants read.
    let outputs: [Value]
    let assignments: [(value: Value, memory: UnsafeMutablePointer<Float>)]
    let feeds: [String: FloatMemory]
    let batch: Int

    init(_ net: Net, batch: Int, rewrites: Rewrites = .all) throws {
        var builder = NetBuilder()
        let images = try builder.graph.feed("images", .image(Net.image))
        let labels = try builder.graph.feed("labels", .image(Shape(1)))
        let logits = try net.record(&builder, images)
        var recorded = builder.graph
        let losses = try recorded.apply(CrossEntropy(logits, labels: labels, smoothing: 0.1), to: logits, labels)
        var loss = try recorded.apply(BatchMean(losses), to: losses)
        for penalty in builder.penalties { loss = try recorded.sum(loss, penalty) }
        let correct = try recorded.apply(Correctness(logits), to: logits, labels)

        let joined = try Rewriting(recorded, rewrites.forward)
        var graph = joined.result
        let trainable = builder.parameters.filter(\.isTrainable)
        let values = try trainable.map { try graph.parameter($0) }
        let gradients = try graph.gradients(of: joined[loss], withRespectTo: values)
        let final = try Rewriting(graph, rewrites.backward)
        func value(_ recorded: Value) -> Value { final[joined[recorded]] }

        parameters = try Parameters(builder.parameters)
        parameters.initialize(seed: 5)
        let own = parameters
        assignments =
            zip(trainable, gradients).map { (final[$1], own.gradients.base + own.range(of: $0).lowerBound) }
            + builder.updates.map { (value($0.value), own.address(of: $0.parameter)) }
        outputs = ([loss, losses, correct] + builder.outputs).map(value) + assignments.map(\.value)
        self.graph = final.result
        self.batch = batch
        var noise = Noise("data")
        let data = try (FloatMemory(count: Net.image.count * batch), FloatMemory(count: batch))
        data.0.set(noise.floats(data.0.count))
        data.1.set((0..<batch).map { Float($0 * 3 % Net.classes) })
        feeds = ["images": data.0, "labels": data.1]
    }

    /// Plans a program and binds its data; its memory may be given.
    func program(in memory: FloatMemory? = nil) throws -> Program {
        let program = try Program(
            graph, parameters: parameters, batch: batch, outputs: outputs, assigning: assignments, sharing: memory)
        for (name, memory) in feeds { program.bind(name, to: memory) }
        return program
    }

    /// Runs a program from the parameters' first values and returns all its outputs.
    func results(of program: Program, key: UInt64 = 3, threads: Int = 1) -> [[Float]] {
        parameters.initialize(seed: 5)
        program.run(key: key, team: Team(threads: threads))
        return outputs.map(program.values)
    }

    /// The same outputs without any plan.
    func truth(_ partition: Partition, key: UInt64 = 3) throws -> [[Float]] {
        parameters.initialize(seed: 5)
        let interpreter = Interpreter(
            graph, parameters: parameters, partition: partition, outputs: outputs, feeds: feeds)
        try interpreter.run(key: key)
        return outputs.map(interpreter.values)
    }
}
