import Autograd
import Kernels
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

    init(_ net: Net, batch: Int) throws {
        var builder = NetBuilder()
        let images = try builder.graph.feed("images", .image(Net.image))
        let labels = try builder.graph.feed("labels", .image(Shape(1)))
        let logits = try net.record(&builder, images)
        var graph = builder.graph
        let losses = try graph.apply(CrossEntropy(logits, labels: labels, smoothing: 0.1), to: logits, labels)
        var loss = try graph.apply(BatchMean(losses), to: losses)
        for penalty in builder.penalties { loss = try graph.sum(loss, penalty) }
        let correct = try graph.apply(Correctness(logits), to: logits, labels)
        let trainable = builder.parameters.filter(\.isTrainable)
        let values = try trainable.map { try graph.parameter($0) }
        let gradients = try graph.gradients(of: loss, withRespectTo: values)

        parameters = try Parameters(builder.parameters)
        parameters.initialize(seed: 5)
        let own = parameters
        assignments =
            zip(trainable, gradients).map { ($1, own.gradients.base + own.range(of: $0).lowerBound) }
            + builder.updates.map { ($0.value, own.address(of: $0.parameter)) }
        outputs = [loss, losses, correct] + builder.outputs + assignments.map(\.value)
        self.graph = graph
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
