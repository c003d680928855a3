import Kernels
import Layers
import Schema
import Tensors
import Testing

@testable import Training

/// Images mixed in pairs.
@Suite struct MixingTests {
    @Test(arguments: [0.1, 0.2, 1, 3, 50])
    func `shares are distributed as they should be`(alpha: Double) {
        let source = RandomSource(seed: 7, purpose: "test")
        let draws = (0..<20_000).map { source.beta(alpha, at: $0) }
        #expect(draws.allSatisfy { (0...1).contains($0) })
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / 20_000
        let expected = 1 / (4 * (2 * alpha + 1))
        #expect(abs(mean - 0.5) < 4 * (expected / 20_000).squareRoot())
        #expect(abs(variance / expected - 1) < 0.05)
    }

    @Test func `each image is mixed with another one, of which there is less`() throws {
        let (count, size) = (9, 37)
        let images = try FloatMemory(count: count * size)
        let labels = try FloatMemory(count: count)
        images.set((0..<count * size).map { Float($0 % 101) / 100 })
        labels.set((0..<count).map { Float($0) })
        let mixing = try Mixing(alpha: 0.5, batchSize: count, imageSize: size)
        for threads in [1, 3] {
            mixing.mix(
                count: count, of: images, labels: labels, draws: RandomSource(seed: 1, purpose: "mixup"),
                team: Team(threads: threads))
            #expect(Set(mixing.otherLabels.values()) == Set(labels.values()))
            for image in 0..<count {
                let share = mixing.shares.values()[image]
                #expect(share >= 0.5 && mixing.otherShares.values()[image] == 1 - share)
                let partner = Int(mixing.otherLabels.values()[image])
                for place in 0..<size {
                    let mixture =
                        share * images.base[image * size + place] + (1 - share) * images.base[partner * size + place]
                    #expect(abs(mixing.images.base[image * size + place] - mixture) < 1e-6)
                }
            }
        }
    }

    @Test func `the loss of a mixture is the mean of both classes' losses, and so is its gradient`() throws {
        func network(mixes: Bool) throws -> Network {
            let text = #"[{ "type": "Flatten" }, { "type": "Dense", "units": 3, "activation": "softmax" }]"#
            let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(parsing: Array(text.utf8)))
            let network = try Network(
                layers, input: Shape(2, 2, 1), loss: SparseCategoricalCrossentropy(), mixes: mixes)
            network.parameters.initialize(seed: 2)
            return network
        }
        let team = Team(threads: 1)
        func memory(_ values: [Float]) throws -> FloatMemory {
            let memory = try FloatMemory(count: values.count)
            memory.set(values)
            return memory
        }
        let images = try memory([0.1, 0.9, 0.3, 0.7, 0.5, 0.2, 0.8, 0.4])
        func result(labels: [Float], mixedWith others: [Float]?, share: Float = 1) throws -> (Float, [Float]) {
            let network = try network(mixes: others != nil)
            let program = try network.program(.training, batch: 2)
            program.bind(images: images, labels: try memory(labels))
            if let others {
                program.bind(
                    otherLabels: try memory(others), shares: try memory([share, share]),
                    otherShares: try memory([1 - share, 1 - share]))
            }
            program.run(team: team)
            return (program.loss, network.parameters.gradients.values())
        }
        let first = try result(labels: [0, 2], mixedWith: nil)
        let second = try result(labels: [1, 2], mixedWith: nil)
        let mixed = try result(labels: [0, 2], mixedWith: [1, 2], share: 0.75)
        #expect(abs(mixed.0 - (0.75 * first.0 + 0.25 * second.0)) < 1e-6)
        for (index, gradient) in mixed.1.enumerated() {
            #expect(abs(gradient - (0.75 * first.1[index] + 0.25 * second.1[index])) < 1e-6)
        }
    }
}
