import Kernels
import Schema

/// The first rate times `decayRate` to the power of (step / decaySteps).
package struct ExponentialDecay: LearningRateSchedule, Described {
    var initialLearningRate = 0.0
    var decaySteps = 1
    var decayRate = 1.0
    var staircase = false

    /// Only the staircase has a default, as in Keras.
    package init() {}

    package static let name = "ExponentialDecay"
    package static let summary = "Multiplies the rate by a factor every decay_steps steps, smoothly in between."
    package static var fields: [Field<ExponentialDecay>] {
        [
            .required("initial_learning_rate", \.initialLearningRate, in: 0..., "the rate of the first step"),
            .required("decay_steps", \.decaySteps, in: 1..., "after how many steps the factor has been applied once"),
            .required("decay_rate", \.decayRate, in: .above(0), "the factor"),
            .optional("staircase", \.staircase, "whether the rate changes only every decay_steps steps"),
        ]
    }

    package func rate(at step: Int) -> Double {
        let decays = Double(step) / Double(decaySteps)
        return initialLearningRate * power(decayRate, staircase ? decays.rounded(.down) : decays)
    }
}
