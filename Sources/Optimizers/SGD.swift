import Kernels
import Schema

/// Gradient descent, with Polyak's momentum or Nesterov's.
package struct SGD: Optimizer {
    package var learningRate: any Schedule = ConstantRate(0.01)
    var momentum = 0.0
    var nesterov = false
    package var options = UpdateOptions()

    package init() {}

    package static let name = "SGD"
    package static let summary = "Gradient descent, with momentum or Nesterov's look ahead if wanted."
    package static var fields: [Field<SGD>] {
        withCommon([
            .optional("momentum", \.momentum, in: 0...1, "how much of the last step goes on"),
            .optional("nesterov", \.nesterov, "whether the gradient counts as if the momentum's step had been done"),
        ])
    }

    package var slots: [Slot] { momentum == 0 ? [] : [Slot("momentum")] }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        if momentum == 0 { return SGDUpdate(rate: Float(learningRate)) }
        return MomentumUpdate(rate: Float(learningRate), momentum: Float(momentum), nesterov: nesterov)
    }
}
