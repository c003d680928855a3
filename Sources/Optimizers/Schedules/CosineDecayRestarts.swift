import Kernels
import Schema

/// One half cosine wave after another, each longer than the one before: Loshchilov and Hutter's warm restarts.
package struct CosineDecayRestarts: LearningRateSchedule, Described {
    var initialLearningRate = 0.0
    var firstDecaySteps = 1
    var lengthFactor = 2.0
    var rateFactor = 1.0
    var alpha = 0.0

    /// Waves twice as long as the one before and equally high, as in Keras.
    package init() {}

    package static let name = "CosineDecayRestarts"
    package static let summary = "Falls along half a cosine wave, again and again: warm restarts."
    package static var fields: [Field<CosineDecayRestarts>] {
        [
            .required("initial_learning_rate", \.initialLearningRate, in: 0..., "the rate of the first step"),
            .required("first_decay_steps", \.firstDecaySteps, in: 1..., "how many steps the first fall takes"),
            .optional("t_mul", \.lengthFactor, in: 1...1000, "the factor from each fall's length to the next one's"),
            .optional("m_mul", \.rateFactor, in: 0...1000, "the factor from each fall's first rate to the next one's"),
            .optional("alpha", \.alpha, in: 0...1, "the lowest rate as a part of the first"),
        ]
    }

    package func rate(at step: Int) -> Double {
        let (restarts, part) = position(of: step)
        let wave = 0.5 * power(rateFactor, restarts) * (1 + cosine(halfTurns: part))
        return initialLearningRate * ((1 - alpha) * wave + alpha)
    }

    /// How many falls are behind, and how much of this one.
    private func position(of step: Int) -> (restarts: Int, part: Double) {
        if lengthFactor == 1 {
            let (restarts, rest) = step.quotientAndRemainder(dividingBy: firstDecaySteps)
            return (restarts, Double(rest) / Double(firstDecaySteps))
        }
        var (restarts, rest, length) = (0, Double(step), Double(firstDecaySteps))
        while rest >= length {
            rest -= length
            length *= lengthFactor
            restarts += 1
        }
        return (restarts, rest / length)
    }
}
