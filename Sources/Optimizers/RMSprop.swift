import Kernels
import Schema

/// Tieleman and Hinton's division by a running root mean square.
package struct RMSprop: Optimizer {
    package var learningRate: any LearningRateSchedule = ConstantRate(0.001)
    var rho = 0.9
    var momentum = 0.0
    var epsilon = 1e-7
    var centered = false
    package var options = UpdateOptions()

    package init() {}

    package static let name = "RMSprop"
    package static let summary = "Steps along the gradient, divided by the root of its average square."
    package static var fields: [Field<RMSprop>] {
        withCommon([
            .optional("rho", \.rho, in: 0..<1, "how much of the averages is kept"),
            .optional("momentum", \.momentum, in: 0...1, "how much of the last step is carried over"),
            .optional("epsilon", \.epsilon, in: 1e-37..., "added under the root against division by zero"),
            .optional("centered", \.centered, "whether to divide by the deviation from the average gradient"),
        ])
    }

    package var slots: [Slot] {
        [Slot("velocity")] + (momentum > 0 ? [Slot("momentum")] : []) + (centered ? [Slot("average_gradient")] : [])
    }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        RMSpropUpdate(
            rate: Float(learningRate), rho: Float(rho), gain: Float(1 - rho), momentum: Float(momentum),
            epsilon: Float(epsilon), centered: centered)
    }
}
