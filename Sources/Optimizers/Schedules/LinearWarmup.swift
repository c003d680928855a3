import Schema

/// A linear rise to the first rate of another schedule, which begins when it is reached.
package struct LinearWarmup: LearningRateSchedule, Described {
    var warmupSteps = 1
    var learningRate: any LearningRateSchedule = ConstantRate(0)
    var initialLearningRate = 0.0

    /// Begins at zero.
    package init() {}

    package static let name = "LinearWarmup"
    package static let summary = "Rises in a straight line to a rate, or to another schedule, which then begins."
    package static var fields: [Field<LinearWarmup>] {
        [
            .required("warmup_steps", \.warmupSteps, in: 1..., "how many steps the rise takes"),
            .required("learning_rate", \.learningRate, as: .learningRate, "what comes after"),
            .optional("initial_learning_rate", \.initialLearningRate, in: 0..., "the rate of the first step"),
        ]
    }

    package func rate(at step: Int) -> Double {
        guard step < warmupSteps else { return learningRate.rate(at: step - warmupSteps) }
        let target = learningRate.rate(at: 0)
        return initialLearningRate + (target - initialLearningRate) * Double(step) / Double(warmupSteps)
    }
}
