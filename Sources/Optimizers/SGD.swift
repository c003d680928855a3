import Kernels
import Schema

/// Gradient descent, w ← w − rate · g, with Polyak's momentum or Nesterov's:
///
///     m ← momentum · m − rate · g,   w ← w + m,   or for Nesterov   w ← w + momentum · m − rate · g
///
/// Where gradients agree, their steps add up to 1 / (1 − momentum) times as much; where they alternate, they cancel.
package struct SGD: Optimizer {
    package var learningRate: any LearningRateSchedule = ConstantRate(0.01)
    var momentum = 0.0
    var nesterov = false
    package var options = UpdateOptions()

    package init() {}

    package static let name = "SGD"
    package static let summary = "Gradient descent, optionally with momentum or Nesterov momentum."
    package static var fields: [Field<SGD>] {
        withCommon([
            .optional("momentum", \.momentum, in: 0...1, "how much of the last step is carried over"),
            .optional("nesterov", \.nesterov, "whether to use Nesterov momentum, which looks a step ahead"),
        ])
    }

    package var slots: [Slot] { momentum == 0 ? [] : [Slot("momentum")] }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        if momentum == 0 { return SGDUpdate(rate: Float(learningRate)) }
        return MomentumUpdate(rate: Float(learningRate), momentum: Float(momentum), nesterov: nesterov)
    }
}
