import Autograd
import Experiments
import Kernels
import Layers
import Tensors
import TestSupport
import Testing

/// Joining operations must not change what a model of the studies learns.
@Suite struct StudyRewriteTests {
    /// Loss and gradients of one training step.
    private struct Step {
        let loss: Float
        let gradients: [[Float]]

        init(_ config: ExperimentConfig, _ rewrites: Rewrites) throws {
            let input = Shape(28, 28, 1)
            let batch = 6
            let recording = try Recording(
                config.model.layers, input: input, loss: config.training.loss, isTraining: true, rewrites: rewrites,
                splits: false)
            let parameters = try Parameters(recording.rows.flatMap(\.parameters))
            parameters.initialize(seed: 1)
            // Small scores: a softmax that is no part of the loss gives probabilities that are cut off at 1e-7.
            if let head = parameters.all.last(where: { $0.name.hasSuffix("/kernel") }) {
                parameters.set(head, to: parameters.values(of: head).map { $0 / 16 })
            }
            let program = try Program(
                recording.graph, parameters: parameters, batch: batch, outputs: [recording.loss],
                assigning: recording.assignments.map { parameter, value in
                    let memory = parameter.isTrainable ? parameters.gradients : parameters.nonTrainable
                    return (value, memory.base + parameters.range(of: parameter).lowerBound)
                })
            let images = try FloatMemory(count: batch * input.count)
            Initializer.uniform(0, 1).fill(
                Shape(images.count), from: RandomSource(seed: 2, purpose: "images"), into: images, at: 0)
            let labels = try FloatMemory(count: batch)
            labels.set((0..<batch).map { Float($0 * 3 % 10) })
            program.bind(Recording.images, to: images)
            program.bind(Recording.labels, to: labels)
            program.run(key: 5, team: Team(threads: 2))
            loss = program.value(of: recording.loss)
            gradients = parameters.all.filter(\.isTrainable).map {
                parameters.gradients.values(parameters.range(of: $0))
            }
        }
    }

    /// A config for each model that the studies train.
    static let models: [String] = {
        var seen: Set<String> = []
        return ConfigSchemaTests.configs.map { String($0.dropLast(".json".count)) }.filter { name in
            guard let config = try? StudyConfigTests.document(name).resolved() else { return true }
            return seen.insert(config.json["model"]?.compact ?? name).inserted
        }
    }()

    @Test(arguments: models)
    func `a model of the studies computes the same without any one of the rewrites`(name: String) throws {
        let config = try StudyConfigTests.document(name).resolved().config
        let together = try Step(config, .all)
        let largest = together.gradients.reduce(0) { largestMagnitude($1, atLeast: $0) }
        #expect(together.loss.isFinite && largest > 0)
        for rewrite in Rewrites.all.names {
            let apart = try Step(config, .all.without(rewrite))
            #expect((together.loss - apart.loss).magnitude < 2e-6 * together.loss, "\(rewrite)")
            for (gradient, expected) in zip(together.gradients, apart.gradients) {
                // Where a gradient should be zero, because a normalization takes a shift away, it is rounding alone.
                let scale = largestMagnitude(expected, atLeast: 1e-2 * largest)
                let error = largestDifference(gradient, expected)
                // Normalizations over six images magnify the rounding of whatever lies behind them.
                #expect(error < 1e-4 * scale, "\(rewrite)")
            }
        }
    }
}
