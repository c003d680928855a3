import Foundation
import Kernels
import Training

/// How the time of a training step depends on the number of cores, from its parallel regions as one core runs them.
///
/// A region of p pieces takes ⌈p / n⌉ of them one after the other on n cores, and handing it out and waiting for its end takes
/// the time of a message there and back for each level of a binary tree. What is between the regions stays as it is. Assumed:
/// pieces of a region are alike, every core is as fast as one alone, and memory is as fast for all of them as for one.
package struct CoreModel: Sendable {
    /// A parallel part of a step.
    package struct Region: Sendable {
        package let title: String
        package let pieces: Int
        /// On one core, and on as many as were measured to check the model.
        package let seconds, measured: Double

        func seconds(cores: Int) -> Double {
            seconds * Double(pieces.dividedRoundingUp(by: cores)) / Double(max(pieces, 1))
        }
    }

    /// The model's name and the images of a step.
    package let name: String
    package let batchSize: Int
    package let regions: [Region]
    /// Between the regions.
    package let serialSeconds: Double
    /// Of an empty region on two cores.
    package let handover: Double
    /// A whole step on the cores that were measured to check the model.
    package let measured: (cores: Int, seconds: Double)

    /// The predicted time of a step.
    package func seconds(cores: Int) -> Double {
        let levels = cores > 1 ? log2(Double(cores)).rounded(.up) : 0
        return serialSeconds + regions.reduce(0) { $0 + $1.seconds(cores: cores) + levels * handover }
    }

    /// The share of the cores that is of use.
    package func efficiency(cores: Int) -> Double { seconds(cores: 1) / (Double(cores) * seconds(cores: cores)) }

    /// The numbers of cores that are shown.
    static let shown = [1, 2, 4, 8, 12, 16, 32, 64]
}

extension CoreModel {
    /// Measures a model's training steps on one core and, to check itself, on some more.
    package init(_ model: BenchModel, checkedOn threads: Int, steps: Int) throws {
        let alone = try RegionTimes(model, Team(threads: 1), steps: steps)
        let team = Team(threads: threads)
        let together = try RegionTimes(model, team, steps: steps)
        name = model.name
        batchSize = model.config.training.batchSize
        regions = zip(alone.regions, together.regions).map {
            Region(title: $0.title, pieces: $0.pieces, seconds: $0.seconds, measured: $1.seconds)
        }
        serialSeconds = alone.serialSeconds
        measured = (threads, together.stepSeconds)
        handover = Stopwatch(seconds: 0.1, mostRounds: 50).secondsPerCall { team.run(Nothing(), count: 64) }
    }
}

private final class Nothing: Job {
    func run(_ index: Int, worker: Int) {}
}

/// How long each region of a training step takes: medians over some steps.
private struct RegionTimes {
    private(set) var regions: [(title: String, pieces: Int, seconds: Double)] = []
    private(set) var serialSeconds = 0.0
    var stepSeconds: Double { serialSeconds + regions.reduce(0) { $0 + $1.seconds } }

    init(_ model: BenchModel, _ team: Team, steps: Int) throws {
        let training = try BenchTraining(model, steps: steps, team: team)
        // The first steps fill caches and memory.
        try training.run()
        team.journal = TeamJournal()
        let start = ContinuousClock.now
        try training.run()
        let seconds = (ContinuousClock.now - start).inSeconds
        let entries = team.journal?.entries ?? []
        let count = entries.count / steps
        for index in 0..<count {
            let times = (0..<steps).map { entries[$0 * count + index] }
            regions.append((times[0].title, times[0].pieces, times.map(\.seconds).sorted()[steps / 2]))
        }
        serialSeconds = max(0, (seconds - entries.reduce(0) { $0 + $1.seconds }) / Double(steps))
    }
}
