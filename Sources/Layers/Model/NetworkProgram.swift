import Autograd
import Kernels
import Tensors

/// A recording compiled for one batch size, with its results by name.
package final class NetworkProgram {
    private let recording: Recording
    private let program: Program
    private let fixed: Program?
    /// The features of a batch: the first of all images, then the second of all.
    package let features: FloatMemory?
    private let batch: Int

    init(
        _ recording: Recording, _ parameters: Parameters, batch: Int,
        sharing shared: (arena: FloatMemory?, features: FloatMemory?)
    ) throws {
        self.recording = recording
        self.batch = batch
        program = try Program(
            recording.graph, parameters: parameters, batch: batch, outputs: recording.outputs,
            assigning: recording.assignments.map { parameter, value in
                let offset = parameters.range(of: parameter).lowerBound
                return (value, (parameter.isTrainable ? parameters.gradients : parameters.nonTrainable).base + offset)
            }, sharing: shared.arena)
        guard let part = recording.fixed else {
            (fixed, features) = (nil, nil)
            return
        }
        fixed = try Program(
            part.graph, parameters: parameters, batch: batch, outputs: part.features, sharing: shared.arena)
        let floats = batch * part.floats
        let memory = try shared.features.flatMap { $0.count >= floats ? $0 : nil } ?? FloatMemory(count: floats)
        features = memory
        for (index, offset) in featureOffsets.enumerated() {
            program.bind(GraphSplit.feedName(index), to: memory, at: offset)
        }
    }

    /// Floats of one image in each of the features.
    package var featureWidths: [Int] { recording.fixed?.features.map(\.shape.count) ?? [] }

    /// Where each feature begins in `features`.
    package var featureOffsets: [Int] {
        featureWidths.reduce(into: [0]) { $0.append($0[$0.count - 1] + batch * $1) }.dropLast()
    }

    /// Whether something other than features is read of the images.
    package var readsImages: Bool { program.feedNames.contains(Recording.images) }

    /// Images and their classes, a float for each pixel and label; they stay bound until others are.
    package func bind(images: FloatMemory, labels: FloatMemory) {
        program.bind(Recording.images, to: images)
        program.bind(Recording.labels, to: labels)
        fixed?.bind(Recording.images, to: images)
    }

    /// Of mixtures: the other image's class, and the shares of both.
    package func bind(otherLabels: FloatMemory, shares: FloatMemory, otherShares: FloatMemory) {
        program.bind(Recording.otherLabels, to: otherLabels)
        program.bind(Recording.shares, to: shares)
        program.bind(Recording.otherShares, to: otherShares)
    }

    /// Computes everything once; the key decides what is drawn at random.
    package func run(key: UInt64 = 0, team: Team) {
        computeFeatures(team: team)
        runFromFeatures(key: key, team: team)
    }

    /// Fills `features`, if there are any, from the images.
    package func computeFeatures(team: Team) {
        guard let part = recording.fixed, let fixed, let features else { return }
        fixed.run(key: 0, team: team)
        for (value, offset) in zip(part.features, featureOffsets) { fixed.copy(value, to: features, at: offset) }
    }

    /// Computes the rest from what `features` holds.
    package func runFromFeatures(key: UInt64 = 0, team: Team) { program.run(key: key, team: team) }

    /// The mean loss of the batch, penalties included; of training only.
    package var loss: Float { program.value(of: recording.loss) }
    /// How many images' classes were found.
    package var correctCount: Int { Int(program.sum(of: recording.correct)) }
    /// The sum of the images' losses, without penalties; of inference only.
    package var lossSum: Double { program.sum(of: recording.imageLosses) }
    /// Each image's loss, without penalties; of inference only.
    package var imageLosses: [Float] { program.values(of: recording.imageLosses) }
    /// The penalties on weights; of inference only.
    package var penalty: Double { recording.penalty.map { Double(program.value(of: $0)) } ?? 0 }
    /// Each image's probabilities, a row each; of inference only.
    package var probabilities: [Float] { program.values(of: recording.probabilities) }
}
