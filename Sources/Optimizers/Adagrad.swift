import Kernels
import Schema

/// Duchi, Hazan and Singer's adaptive steps, which only ever shrink.
package struct Adagrad: Optimizer {
    package var learningRate: any LearningRateSchedule = ConstantRate(0.001)
    var initialAccumulatorValue = 0.1
    var epsilon = 1e-7
    package var options = UpdateOptions()

    package init() {}

    package static let name = "Adagrad"
    package static let summary = "Steps along the gradient, divided by the root of the sum of all its squares."
    package static var fields: [Field<Adagrad>] {
        withCommon([
            .optional("initial_accumulator_value", \.initialAccumulatorValue, in: 0..., "where the sum begins"),
            .optional("epsilon", \.epsilon, in: 1e-37..., "added under the root against division by zero"),
        ])
    }

    package var slots: [Slot] { [Slot("accumulator", initialValue: Float(initialAccumulatorValue))] }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        AdagradUpdate(rate: Float(learningRate), epsilon: Float(epsilon))
    }
}
