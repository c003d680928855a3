import Datasets
import Kernels
import Layers
import Tensors
import Training

/// Measures the machine's peak, the kernels of some models, and whole training steps.
///
///     let report = try Bench(BenchModel.all(), threads: 2, seconds: 20).run()
package struct Bench {
    private let models: [BenchModel]
    private let kernels: [KernelCase]
    private let team: Team
    private let seconds: Double

    /// Measures the models, their kernels and some others in about so many seconds; models that need longer for a few steps
    /// take longer.
    package init(_ models: [BenchModel], and kernels: [KernelCase] = [], threads: Int, seconds: Double) {
        self.models = models
        self.kernels = kernels
        team = Team(threads: threads)
        self.seconds = seconds
    }

    /// Does it, and says before each figure what is measured.
    package func run(progress: (String) -> Void = { _ in }) throws -> BenchReport {
        progress("multiply-add peak")
        let peak = self.peak(Stopwatch(seconds: seconds * 0.05, mostRounds: 100))
        var report = BenchReport(
            processor: Provenance.processor, threads: team.threads, lanes: laneCount, peak: peak)

        // A shape that two models share is measured once.
        var seen: Set<String> = []
        let cases = try (models.flatMap(KernelCase.all) + kernels).filter { seen.insert($0.name + $0.shape).inserted }
        for kernel in cases {
            progress("\(kernel.name), \(kernel.shape)")
            let time = try kernel.seconds(Stopwatch(seconds: seconds * 0.45 / Double(cases.count)), team: team)
            report.kernels.append(
                KernelFigure(name: kernel.name, shape: kernel.shape, gflops: kernel.flops / time * 1e-9))
        }
        for model in models {
            progress("training \(model.name)")
            let rate = try imagesPerSecond(of: model, Stopwatch(seconds: seconds * 0.5 / Double(models.count)))
            let batch = model.config.training.batchSize
            let flops = try KernelCase.all(of: model).filter(\.isSingle).reduce(0) { $0 + $1.flops }
            let flopsPerImage = flops / Double(batch)
            report.training.append(
                TrainingFigure(
                    config: model.name, batchSize: batch, imagesPerSecond: rate, gflops: rate * flopsPerImage * 1e-9))
        }
        return report
    }

    /// Billions of multiplications and additions a second.
    private func peak(_ stopwatch: Stopwatch) -> Double {
        let job = PeakRate(threads: team.threads)
        let pieces = 16 * team.threads
        let seconds = stopwatch.secondsPerCall { team.run(job, count: pieces) }
        return Double(pieces * PeakRate.flopsPerPiece) / seconds * 1e-9
    }

    /// Measures the real trainer in small epochs of whole batches: decoding, forward, backward, update.
    private func imagesPerSecond(of model: BenchModel, _ stopwatch: Stopwatch) throws -> Double {
        let training = try BenchTraining(model, steps: Self.steps(of: model), team: team)
        return Double(training.images) / (try stopwatch.secondsPerCall { try training.run() })
    }

    private static func steps(of model: BenchModel) -> Int {
        max(1, imagesPerEpoch / model.config.training.batchSize)
    }

    /// The largest batch of the models.
    private static let imagesPerEpoch = 256
}

/// The real trainer on drawn digits.
struct BenchTraining {
    let steps: Int
    let images: Int
    private let trainer: Trainer

    init(_ model: BenchModel, steps: Int, team: Team) throws {
        let settings = model.config.training
        let data = SyntheticDigits.make(training: steps * settings.batchSize, test: 0).training
        let network = try Network(model.config.model.layers, input: BenchModel.imageShape, loss: settings.loss)
        network.parameters.initialize(seed: 0)
        self.steps = steps
        images = data.count
        var steadySettings = TrainerSettings(
            epochs: .max, batchSize: settings.batchSize, optimizer: settings.optimizer, seed: 0)
        steadySettings.measuresThreads = false
        trainer = try Trainer(
            network, steadySettings, data: data, images: Array(0..<data.count), validation: nil, team: team)
    }

    /// Trains for an epoch.
    func run() throws {
        // Asked after each step, and once more after the epoch.
        var asked = 0
        _ = try trainer.run {
            asked += 1
            return asked > steps
        }
    }
}

extension BenchModel {
    /// An image of MNIST or Fashion-MNIST.
    package static let imageShape = Shape(28, 28, 1)
}
