import Kernels
import Schema

/// Half a cosine wave down to alpha times the highest rate, after a linear warm-up if that has a target.
package struct CosineDecay: LearningRateSchedule, Described {
    var initialLearningRate = 0.0
    var decaySteps = 1
    var alpha = 0.0
    var warmupTarget: Double?
    var warmupSteps = 0

    /// Without a warm-up, as in Keras.
    package init() {}

    package static let name = "CosineDecay"
    package static let summary = "Falls from the highest rate along half a cosine wave, optionally after a warm-up."
    package static var fields: [Field<CosineDecay>] {
        [
            .required("initial_learning_rate", \.initialLearningRate, in: 0..., "the rate of the first step"),
            .required("decay_steps", \.decaySteps, in: 1..., "how many steps the fall takes, not counting the warm-up"),
            .optional("alpha", \.alpha, in: 0...1, "the last rate as a part of the highest"),
            .optional("warmup_target", \.warmupTarget, in: 0..., "the rate that a warm-up leads to; null for none"),
            .optional("warmup_steps", \.warmupSteps, in: 0..., "how many steps the warm-up takes"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        if warmupSteps > 0 && warmupTarget == nil {
            problems.append(
                place.problem(at: "warmup_steps", "a warm-up without a target", remedy: "set \"warmup_target\" too"))
        }
    }

    package func rate(at step: Int) -> Double {
        guard let warmupTarget else { return decayed(initialLearningRate, step) }
        guard step < warmupSteps else { return decayed(warmupTarget, step - warmupSteps) }
        return initialLearningRate + (warmupTarget - initialLearningRate) * Double(step) / Double(warmupSteps)
    }

    private func decayed(_ rate: Double, _ step: Int) -> Double {
        let wave = 0.5 * (1 + cosine(halfTurns: min(Double(step) / Double(decaySteps), 1)))
        return rate * ((1 - alpha) * wave + alpha)
    }
}
