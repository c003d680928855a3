import Datasets
import Kernels
import Layers
import Training

/// Estimates how long trials take on this machine by timing a few steps of each kind of model, on made-up images.
package struct TimeEstimate: Sendable {
    /// For each trial, in order, with its share of the threads; a trial that stops early takes less.
    package let seconds: [Double]
    /// For all trials together.
    package let total: Double

    /// Times every kind of model among the trials, but for a few seconds at most; the time of the remaining kinds is
    /// estimated from their numbers of operations.
    package init(_ plan: SweepPlan, costs: [TrialCost], shares: Shares, library: DataLibrary) throws {
        let clock = ContinuousClock()
        let began = clock.now
        var known: [String: Double] = [:]
        var pace: [Double] = []
        var seconds: [Double?] = []
        for (planned, cost) in zip(plan.trials, costs) {
            let config = planned.config.config
            let threads = shares.expectedThreads(for: cost)
            let kind =
                "\(config.model.json.compact) \(config.training.optimizer) \(config.training.batchSize) \(cost.steps) \(threads)"
            if known[kind] == nil, cost.flops > 0, cost.refusal == nil, clock.now - began < Self.longest {
                let step = try Self.secondsPerStep(config, threads: threads, library: library)
                known[kind] = step
                pace.append(step / cost.stepFlops)
            }
            seconds.append(known[kind].map { $0 * Double(cost.steps * cost.epochs) })
        }
        let usual = pace.isEmpty ? 0 : pace.sorted()[pace.count / 2]
        self.seconds = zip(seconds, costs).map { $0 ?? $1.flops * usual }
        // No thread is idle until the last trials, of which the longest decides.
        let work = zip(self.seconds, costs).reduce(0) { $0 + $1.0 * Double(shares.expectedThreads(for: $1.1)) }
        let used = min(shares.threads, costs.reduce(0) { $0 + shares.expectedThreads(for: $1) })
        total = max(work / Double(max(used, 1)), self.seconds.max() ?? 0)
    }

    private static let longest = Duration.seconds(4)

    private static func secondsPerStep(
        _ config: ExperimentConfig, threads: Int, library: DataLibrary
    ) throws -> Double {
        let outline = try DataOutline(config.dataset, library: library)
        let network = try Network(config.model.layers, input: outline.imageShape, loss: config.training.loss)
        network.parameters.initialize(seed: 0)
        let shape = outline.imageShape.dimensions
        let count = min(config.training.batchSize, max(outline.learned, 1))
        let images = Dataset(
            height: shape[0], width: shape[1], channels: shape[2],
            classNames: (0..<max(network.classes, 1)).map { "\($0)" },
            pixels: [UInt8](repeating: 100, count: count * outline.imageShape.count),
            labels: (0..<count).map { UInt8($0 % min(max(network.classes, 1), 256)) })
        let settings = TrainerSettings(
            epochs: .max, batchSize: count, optimizer: config.training.optimizer, seed: 0)
        let trainer = try Trainer(
            network, settings, data: images, images: Array(0..<count), validation: nil, team: Team(threads: threads))
        let watch = StepClock()
        _ = try trainer.run(observers: [watch]) { watch.isEnough }
        return watch.secondsPerStep
    }
}

extension Shares {
    /// The number of threads that a trial is likely to get while others run.
    func expectedThreads(for cost: TrialCost) -> Int { jobs.map { max(1, threads / $0) } ?? useful(for: cost) }
}

/// Times steps, leaving out the first, which touches the memory.
private final class StepClock: TrainingObserver {
    private let clock = ContinuousClock()
    private var first: ContinuousClock.Instant?
    private var last: ContinuousClock.Instant?
    private var steps = 0

    /// A tenth of a second, or twenty steps of a small model.
    var isEnough: Bool {
        guard let first, let last, steps >= 1 else { return false }
        return steps >= 20 && last - first > .milliseconds(20) || last - first > .milliseconds(200)
    }

    var secondsPerStep: Double {
        guard let first, let last, steps > 0 else { return 0 }
        return (last - first).inSeconds / Double(steps)
    }

    func receive(_ event: TrainingEvent, from training: TrainingView) {
        guard case .step = event else { return }
        last = clock.now
        if first == nil { first = last } else { steps += 1 }
    }
}
