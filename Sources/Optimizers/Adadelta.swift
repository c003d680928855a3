import Kernels
import Schema

/// Zeiler's steps in the units of the parameters, which need no learning rate (Keras multiplies by one nevertheless).
package struct Adadelta: Optimizer {
    package var learningRate: any LearningRateSchedule = ConstantRate(0.001)
    var rho = 0.95
    var epsilon = 1e-7
    package var options = UpdateOptions()

    package init() {}

    package static let name = "Adadelta"
    package static let summary = "Steps as large as the last ones were, relative to the gradients that led to them."
    package static var fields: [Field<Adadelta>] {
        withCommon([
            .optional("rho", \.rho, in: 0..<1, "how much of the averages is kept"),
            .optional(
                "epsilon", \.epsilon, in: 1e-37..., "added under both roots; without it there would be no first step"),
        ])
    }

    package var slots: [Slot] { [Slot("accumulated_grad"), Slot("accumulated_delta_var")] }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        AdadeltaUpdate(
            rate: Float(learningRate), rho: Float(rho), gain: Float(1 - rho), epsilon: Float(epsilon))
    }
}
