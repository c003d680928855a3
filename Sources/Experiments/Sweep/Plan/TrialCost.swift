import Autograd
import Datasets
import Layers
import Schema

/// What a trial takes, known before it runs.
package struct TrialCost: Sendable {
    /// How many numbers its model learns or keeps.
    package let parameters: Int
    /// The planned peak of its training, in bytes; the images come on top, once for all trials.
    package let bytes: Int
    /// What it takes besides: copies of weights, or results.
    var extraBytes = 0
    /// The images that it shares with others, and the program.
    var sharedBytes = 0
    /// Operations of one training step.
    let stepFlops: Double
    /// Operations that are done once, for the features of frozen layers.
    var onceFlops = 0.0
    /// Parts of a batch that may run at the same time; more threads are of no use.
    var shards = Int.max
    /// Steps of one epoch.
    let steps: Int
    /// At most so many; it may stop early.
    package let epochs: Int

    /// Why the machine cannot hold it; nil where it can.
    package var refusal: String?

    /// What it takes for itself.
    var ownBytes: Int { bytes + extraBytes }

    /// All of its training.
    package var flops: Double { stepFlops * Double(steps * epochs) + onceFlops }
}

extension SweepPlan {
    /// What each trial takes, in their order. That layers do not fit together is a mistake in the config; that the machine is too
    /// small for a trial is said of the trial, for the others can be run.
    package func costs(library: DataLibrary) throws -> [TrialCost] {
        var known: [String: TrialCost] = [:]
        return try trials.map { planned in
            // Seeds and folds change nothing about it, but folds may differ in size by an image.
            var config = planned.config.config
            config.seed = 0
            if case .fold(_, let folds, let origin)? = config.dataset.validation {
                config.dataset.validation = .fold(0, of: folds, from: origin)
            }
            let key = config.json.compact
            if let cost = known[key] { return cost }
            do {
                let cost = try TrialCost(config, library: library)
                known[key] = cost
                return cost
            } catch let problems as Problems {
                let name = planned.trial.name
                throw name == nameOfOnlyTrial ? problems : problems.inTrial(name)
            } catch {
                throw TrialMisfit(trial: planned.trial.name, cause: error)
            }
        }
    }
}

extension TrialCost {
    fileprivate init(_ config: ExperimentConfig, library: DataLibrary) throws {
        let images = try DataOutline(config.dataset, library: library).learned
        let batch = min(config.training.batchSize, max(images, 1))
        let steps = (images + batch - 1) / batch
        do {
            let summary = try ModelSummary(training: config, library: library)
            self.init(
                parameters: summary.parameterCount, bytes: summary.memory.trainingPeak,
                stepFlops: Double(summary.trainingFlops) * Double(batch), steps: steps, epochs: config.training.epochs)
            let memory = summary.memory
            onceFlops = Double(summary.fixedFlops) * Double(images)
            shards = try summary.shards(batch: batch)
            extraBytes = max(memory.saving, memory.results)
            sharedBytes = MemoryUse.program + memory.data
        } catch let error where error is ProgramError || error is MemoryRefusal {
            // It is refused once more when its turn comes, before it takes anything.
            self.init(parameters: 0, bytes: 0, stepFlops: 0, steps: steps, epochs: config.training.epochs)
            refusal = "\(error)"
        }
    }
}

extension Problems {
    /// The same, saying which trial has them.
    fileprivate func inTrial(_ name: String) -> Problems {
        var result = Problems()
        result.file = file
        for var problem in list {
            problem.message = "in trial \(name): \(problem.message)"
            result.append(problem)
        }
        return result
    }
}

/// A trial whose layers or images do not fit together.
package struct TrialMisfit: Error, CustomStringConvertible {
    let trial: String
    let cause: any Error

    /// One line: which trial, what is wrong.
    package var description: String { "trial \(trial): \(cause)" }
}
