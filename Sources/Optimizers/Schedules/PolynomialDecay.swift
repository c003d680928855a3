import Kernels
import Schema

/// From the first rate to the last along a power of the part that is left: a straight line for the power 1.
package struct PolynomialDecay: LearningRateSchedule, Described {
    var initialLearningRate = 0.0
    var decaySteps = 1
    var endLearningRate = 0.0001
    var power = 1.0
    var cycle = false

    /// A straight line that ends, as in Keras.
    package init() {}

    package static let name = "PolynomialDecay"
    package static let summary = "Falls to the last rate in a straight line, or along another power of what is left."
    package static var fields: [Field<PolynomialDecay>] {
        [
            .required("initial_learning_rate", \.initialLearningRate, in: 0..., "the rate of the first step"),
            .required("decay_steps", \.decaySteps, in: 1..., "how many steps the fall takes"),
            .optional("end_learning_rate", \.endLearningRate, in: 0..., "the last rate"),
            .optional("power", \.power, in: 0...1000, "1 for a straight line, 2 for a fall that is steeper at first"),
            .optional(
                "cycle", \.cycle,
                "whether the rate rises again after decay_steps and falls to the end of the next multiple of them"),
        ]
    }

    package func rate(at step: Int) -> Double {
        let falls = cycle ? max(1, (Double(step) / Double(decaySteps)).rounded(.up)) : 1
        let rest = max(0, 1 - Double(step) / (Double(decaySteps) * falls))
        return endLearningRate + (initialLearningRate - endLearningRate) * raised(rest)
    }

    private func raised(_ rest: Double) -> Double {
        if rest == 0 { return power == 0 ? 1 : 0 }
        return power == 1 ? rest : Kernels.power(rest, power)
    }
}
