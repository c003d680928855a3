import Autograd
import Kernels
import Machine
import Schema
import Tensors

/// A model that has parameters: what is trained, evaluated and saved.
///
///     let network = try Network(layers, input: Shape(28, 28, 1), loss: loss)
///     network.parameters.initialize(seed: 0)
///     let step = try network.program(.training, batch: 128)
package final class Network {
    /// Whether a program computes gradients or probabilities.
    package enum Mode: Hashable, Sendable {
        case training, inference
    }

    /// The computation with gradients, batch statistics and dropout.
    package let training: Recording
    /// The computation with moving statistics and without dropout.
    package let inference: Recording
    /// Values and gradients.
    package let parameters: Parameters
    /// The images' shape.
    package let input: Shape
    package let layers: [PlacedLayer]
    let learning: LayerSelection?
    private var programs: [Key: NetworkProgram] = [:]
    private var arena: FloatMemory?
    private var features: FloatMemory?

    private struct Key: Hashable {
        let mode: Mode
        let batch: Int
    }

    /// Layers that each read the one before.
    package convenience init(_ layers: [any Layer], input: Shape, loss: any Loss) throws {
        try self.init(layers.map { PlacedLayer($0) }, input: input, loss: loss)
    }

    /// Records the layers and takes memory for their parameters, which are zero until initialized.
    ///
    /// - Parameters:
    ///   - learning: the layers that learn, in place of what they say themselves.
    ///   - mixes: whether each image of training is a mixture of two.
    ///   - classWeights: how much images of each class count in training.
    ///   - splits: whether what never changes may be computed apart. Results differ by no more than the order of sums over a
    ///     batch, which is shared out by what is left to compute.
    package init(
        _ layers: [PlacedLayer], input: Shape, loss: any Loss, learning: LayerSelection? = nil, mixes: Bool = false,
        classWeights: ClassWeights? = nil, splits: Bool = true
    ) throws {
        self.input = input
        self.layers = layers
        self.learning = learning
        training = try Recording(
            layers, input: input, loss: loss, isTraining: true, learning: learning, mixes: mixes,
            classWeights: classWeights, splits: splits)
        inference = try Recording(
            layers, input: input, loss: loss, isTraining: false, learning: learning, changing: training.changing,
            splits: splits)
        let needed = training.rows.flatMap(\.parameters)
        let bytes = needed.reduce(0.0) { $0 + 4 * Double($1.shape.count) }
        let given = Given.toThisProcess.memory
        guard bytes < Double(given.amount) else { throw ProgramError.parameters(needed, given: given) }
        parameters = try Parameters(needed)
    }

    /// The number of classes that the model tells apart.
    package var classes: Int { inference.output.shape.count }

    /// Refuses to tell fewer classes apart than there are.
    package func check(classes count: Int) throws(ShapeError) {
        guard count > classes else { return }
        throw ShapeError(
            layer: training.rows.last?.name ?? "model",
            "tells \(classes == 1 ? "1 class" : "\(classes) classes") apart, but the data set has \(count)",
            inference.output.shape)
    }

    /// What a mode runs.
    package func recording(_ mode: Mode) -> Recording { mode == .training ? training : inference }

    /// The program for a mode and a batch size; made at its first use and kept.
    package func program(_ mode: Mode, batch: Int) throws -> NetworkProgram {
        let key = Key(mode: mode, batch: batch)
        if let program = programs[key] { return program }
        let program = try NetworkProgram(recording(mode), parameters, batch: batch, sharing: (arena, features))
        programs[key] = program
        return program
    }

    /// Takes the memory that the largest of some programs needs, for all of them: they run one after the other.
    package func reserve(_ programs: [(mode: Mode, batch: Int)]) throws {
        let largest = try programs.map { try arenaBytes($0.mode, batch: $0.batch, workers: Program.workers) }.max() ?? 0
        arena = try FloatMemory(count: largest / MemoryLayout<Float>.stride)
        let floats = programs.map { (recording($0.mode).fixed?.floats ?? 0) * $0.batch }.max() ?? 0
        features = floats > 0 ? try FloatMemory(count: floats) : nil
        self.programs = [:]
    }

    /// The arena that a program takes, which its two parts use one after the other.
    package func arenaBytes(
        _ mode: Mode, batch: Int, workers: Int = MemoryPlan.usualWorkers
    ) throws(ProgramError) -> Int {
        let recording = recording(mode)
        let rest = try recording.plan(batch: batch, workers: workers)
        guard let fixed = recording.fixed else { return rest.bytes }
        let first = try Program.plan(fixed.graph, batch: batch, outputs: fixed.features, workers: workers)
        return max(rest.bytes, first.bytes)
    }
}

extension Recording {
    /// How a batch is shared out, and where its values lie.
    package func plan(batch: Int, workers: Int = MemoryPlan.usualWorkers) throws(ProgramError) -> MemoryPlan {
        try Program.plan(
            graph, batch: batch, outputs: outputs, assigning: assignments.map(\.value), workers: workers)
    }
}
