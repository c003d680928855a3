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
        var known: [String: StepTimes] = [:]
        var pace: [Double] = []
        var seconds: [Double?] = []
        for (planned, cost) in zip(plan.trials, costs) {
            let config = planned.config.config
            let threads = shares.expectedThreads(for: cost)
            var ofTrial: Double? = 0
            for (phase, course) in config.training.courses.enumerated() {
                let kind = "\(Self.kind(config, course)) \(cost.steps) \(threads)"
                if known[kind] == nil, cost.stepFlops > 0, cost.refusal == nil, clock.now - began < Self.longest {
                    let times = try StepTimes(config, phase: phase, threads: threads, library: library)
                    known[kind] = times
                    if phase == 0 { pace.append(times.later / cost.stepFlops) }
                }
                let times = known[kind]
                ofTrial = ofTrial.flatMap { sum in
                    times.map { sum + $0.seconds(epochs: course.epochs, steps: cost.steps) }
                }
            }
            seconds.append(ofTrial)
        }
        let usual = pace.isEmpty ? 0 : pace.sorted()[pace.count / 2]
        self.seconds = zip(seconds, costs).map { $0 ?? $1.flops * usual }
        // No thread is idle until the last trials, of which the longest decides.
        let work = zip(self.seconds, costs).reduce(0) { $0 + $1.0 * Double(shares.expectedThreads(for: $1.1)) }
        let used = min(shares.threads, costs.reduce(0) { $0 + shares.expectedThreads(for: $1) })
        total = max(work / Double(max(used, 1)), self.seconds.max() ?? 0)
    }

    private static let longest = Duration.seconds(4)

    /// What decides how long a step takes.
    private static func kind(_ config: ExperimentConfig, _ course: TrainingPhase) -> String {
        let training = config.training
        let rule = course.optimizer ?? training.optimizer
        return
            "\(config.model.json.compact) \(rule) \(course.learn ?? []) \(training.mixup ?? 0) \(training.batchSize) "
            + "\(course.epochs > 1)"
    }
}

/// How long the steps of one phase take, in seconds.
private struct StepTimes {
    /// Of the first epoch, in which features of frozen layers are computed.
    let first: Double
    /// Of the other epochs, which find them.
    let later: Double

    func seconds(epochs: Int, steps: Int) -> Double {
        Double(steps) * (Double(min(epochs, 1)) * first + Double(max(epochs - 1, 0)) * later)
    }

    /// Measures them.
    init(_ config: ExperimentConfig, phase: Int, threads: Int, library: DataLibrary) throws {
        let outline = try DataOutline(config.dataset, library: library)
        func network() throws -> Network {
            try config.network(input: outline.imageShape, classes: outline.classes, phase: phase)
        }
        func perStep(_ features: FeatureKeeping, _ network: Network) throws -> Double {
            try Self.secondsPerStep(of: network, config, phase: phase, features, outline, threads: threads)
        }
        let measured = try network()
        let keepsFeatures =
            measured.keptFeatures(epochs: config.training.courses[phase].epochs, images: 1, validated: 0) > 0
        first = try perStep(.none, measured)
        later = keepsFeatures ? try perStep(.inMemory, network()) : first
    }

    private static func secondsPerStep(
        of network: Network, _ config: ExperimentConfig, phase: Int, _ features: FeatureKeeping, _ outline: DataOutline,
        threads: Int
    ) throws -> Double {
        network.parameters.initialize(seed: 0)
        let shape = outline.imageShape.dimensions
        let count = min(config.training.batchSize, max(outline.learned, 1))
        let images = Dataset(
            height: shape[0], width: shape[1], channels: shape[2],
            classNames: (0..<max(network.classes, 1)).map { "\($0)" },
            pixels: [UInt8](repeating: 100, count: count * outline.imageShape.count),
            labels: (0..<count).map { UInt8($0 % min(max(network.classes, 1), 256)) })
        let training = config.training
        let settings = TrainerSettings(
            epochs: .max, batchSize: count, optimizer: training.courses[phase].optimizer ?? training.optimizer, seed: 0,
            mixup: training.mixup, features: features)
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

    /// A fifth of a second, or twenty steps of a small model.
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
