import Kernels
import Schema

/// Up to the highest rate and far down again, both along half a wave of the cosine: Smith's one-cycle policy.
package struct OneCycle: LearningRateSchedule, Described {
    var maxLearningRate = 0.0
    var totalSteps = 1
    var warmupFraction = 0.3
    var initialDivisor = 25.0
    var finalDivisor = 1e4

    /// The defaults of PyTorch's `OneCycleLR`, where the last three are called pct_start, div_factor and final_div_factor.
    package init() {}

    package static let name = "OneCycle"
    package static let summary =
        "Rises to the highest rate and falls far below the first, both along half a cosine wave."
    package static var fields: [Field<OneCycle>] {
        [
            .required("max_learning_rate", \.maxLearningRate, in: 0..., "the highest rate"),
            .required("total_steps", \.totalSteps, in: 1..., "the length of the cycle, after which the rate stays"),
            .optional("warmup_fraction", \.warmupFraction, in: 0...1, "the part of the steps in which the rate rises"),
            .optional(
                "initial_divisor", \.initialDivisor, in: 1...,
                "how many times smaller than the highest the first rate is"),
            .optional(
                "final_divisor", \.finalDivisor, in: 1..., "how many times smaller than the first the last rate is"),
        ]
    }

    package func rate(at step: Int) -> Double {
        let first = maxLearningRate / initialDivisor
        let peak = warmupFraction * Double(totalSteps) - 1
        let descent = Double(totalSteps - 1) - peak
        let position = Double(min(step, totalSteps - 1))
        if position <= peak && peak > 0 { return anneal(first, maxLearningRate, position / peak) }
        return anneal(maxLearningRate, first / finalDivisor, descent > 0 ? min((position - peak) / descent, 1) : 1)
    }

    private func anneal(_ start: Double, _ end: Double, _ fraction: Double) -> Double {
        end + (start - end) / 2 * (1 + cosine(halfTurns: fraction))
    }
}
