import Autograd
import Kernels
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
    private var programs: [Key: NetworkProgram] = [:]
    private var arena: FloatMemory?

    private struct Key: Hashable {
        let mode: Mode
        let batch: Int
    }

    /// Layers that each read the one before.
    package convenience init(_ layers: [any Layer], input: Shape, loss: any Loss) throws {
        try self.init(layers.map { PlacedLayer($0) }, input: input, loss: loss)
    }

    /// Records the layers and takes memory for their parameters, which are zero until initialized.
    package init(_ layers: [PlacedLayer], input: Shape, loss: any Loss) throws {
        self.input = input
        training = try Recording(layers, input: input, loss: loss, isTraining: true)
        inference = try Recording(layers, input: input, loss: loss, isTraining: false)
        let needed = training.rows.flatMap(\.parameters)
        let bytes = needed.reduce(0.0) { $0 + 4 * Double($1.shape.count) }
        guard bytes < Double(FloatMemory.machineBytes) else {
            throw ProgramError.parameters(needed, available: FloatMemory.machineBytes)
        }
        parameters = try Parameters(needed)
    }

    /// The number of classes that the model tells apart.
    package var classes: Int { inference.output.shape.count }

    /// Refuses to tell fewer classes apart than there are.
    package func check(classes count: Int) throws(ShapeError) {
        guard count > classes else { return }
        throw ShapeError(
            layer: training.rows.last?.name ?? "model",
            "tells \(classes) classes apart, but the data set has \(count)", inference.output.shape)
    }

    /// The program for a mode and a batch size; made at its first use and kept.
    package func program(_ mode: Mode, batch: Int) throws -> NetworkProgram {
        let key = Key(mode: mode, batch: batch)
        if let program = programs[key] { return program }
        let program = try NetworkProgram(
            mode == .training ? training : inference, parameters, batch: batch, sharing: arena)
        programs[key] = program
        return program
    }

    /// Takes the memory that the largest of some programs needs, for all of them: they run one after the other.
    package func reserve(_ programs: [(mode: Mode, batch: Int)]) throws {
        let largest = try programs.map { try plan($0.mode, batch: $0.batch).bytes }.max() ?? 0
        arena = try FloatMemory(count: largest / MemoryLayout<Float>.stride)
        self.programs = [:]
    }

    /// The memory that a program takes, without taking it.
    package func plan(_ mode: Mode, batch: Int) throws(ProgramError) -> MemoryPlan {
        let recording = mode == .training ? training : inference
        return try Program.plan(
            recording.graph, batch: batch, outputs: recording.outputs, assigning: recording.assignments.map(\.value))
    }
}

/// A recording compiled for one batch size, with its results by name.
package final class NetworkProgram {
    private let recording: Recording
    private let program: Program

    init(_ recording: Recording, _ parameters: Parameters, batch: Int, sharing: FloatMemory?) throws {
        self.recording = recording
        program = try Program(
            recording.graph, parameters: parameters, batch: batch, outputs: recording.outputs,
            assigning: recording.assignments.map { parameter, value in
                let offset = parameters.range(of: parameter).lowerBound
                return (value, (parameter.isTrainable ? parameters.gradients : parameters.state).base + offset)
            }, sharing: sharing)
    }

    /// Images and their classes, a float for each pixel and label; they stay bound until others are.
    package func bind(images: FloatMemory, labels: FloatMemory) {
        program.bind(Recording.images, to: images)
        program.bind(Recording.labels, to: labels)
    }

    /// Computes everything once; the key decides what is drawn at random.
    package func run(key: UInt64 = 0, team: Team) { program.run(key: key, team: team) }

    /// The mean loss of the batch, penalties included; of training only.
    package var loss: Float { program.value(of: recording.loss) }
    /// How many images' classes were found.
    package var correctCount: Int { Int(program.sum(of: recording.correct)) }
    /// The sum of the images' losses, without penalties; of inference only.
    package var lossSum: Double { program.sum(of: recording.imageLosses) }
    /// The penalties on weights; of inference only.
    package var penalty: Double { recording.penalty.map { Double(program.value(of: $0)) } ?? 0 }
    /// Each image's probabilities, a row each; of inference only.
    package var probabilities: [Float] { program.values(of: recording.probabilities) }
    /// Where everything lies.
    package var plan: MemoryPlan { program.plan }
}
