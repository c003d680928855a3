import Datasets
import Layers

/// What a trial takes, known before it runs.
package struct TrialCost: Sendable {
    /// How many numbers its model learns or keeps.
    package let parameters: Int
    /// The planned peak of its training, in bytes; the images come on top, once for all trials.
    package let bytes: Int
    /// Operations of one training step.
    let stepFlops: Double
    /// Steps of one epoch.
    let steps: Int
    /// At most so many; it may stop early.
    package let epochs: Int

    /// All of its training.
    package var flops: Double { stepFlops * Double(steps * epochs) }
}

extension SweepPlan {
    /// What each trial takes, in their order; refuses a trial that the machine cannot hold or whose layers do not fit.
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
            let summary = try ModelSummary(config, library: library)
            try summary.checkMemory(batch: config.training.batchSize)
            let images = try DataOutline(config.dataset, library: library).learned
            let batch = min(config.training.batchSize, max(images, 1))
            let cost = TrialCost(
                parameters: summary.parameterCount, bytes: summary.memory.trainingPeak,
                stepFlops: Double(summary.trainingFlops) * Double(batch), steps: (images + batch - 1) / batch,
                epochs: config.training.epochs)
            known[key] = cost
            return cost
        }
    }
}
