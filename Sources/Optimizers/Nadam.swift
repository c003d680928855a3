import Kernels
import Schema

/// Dozat's Adam with Nesterov's momentum.
package struct Nadam: Optimizer {
    package var learningRate: any LearningRateSchedule = ConstantRate(0.001)
    var beta1 = 0.9
    var beta2 = 0.999
    var epsilon = 1e-7
    package var options = UpdateOptions()

    package init() {}

    package static let name = "Nadam"
    package static let summary = "Adam with Nesterov momentum, which grows towards beta_1."
    package static var fields: [Field<Nadam>] {
        withCommon([
            .optional("beta_1", \.beta1, in: 0..<1, "how much of the average gradient is kept"),
            .optional("beta_2", \.beta2, in: 0..<1, "how much of the average squared gradient is kept"),
            .optional("epsilon", \.epsilon, in: 1e-37..., "added to the root against division by zero"),
        ])
    }

    package var slots: [Slot] { [Slot("momentum"), Slot("velocity")] }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        let current = momentum(ofStep: progress.steps)
        let next = momentum(ofStep: progress.steps + 1)
        progress.momentumProduct *= current
        let product = progress.momentumProduct
        let rate = Float(learningRate)
        return NadamUpdate(
            momentumRate: rate * next / (1 - product * next), gradientRate: rate * (1 - current) / (1 - product),
            // Keras rounds the betas before it subtracts them here, and after in Adam.
            gain1: 1 - Float(beta1), gain2: 1 - Float(beta2),
            correction: 1 / progress.complement(ofPowerOf: beta2), epsilon: Float(epsilon))
    }

    /// Grows from about half of β₁ to β₁. (Keras has 0.96ᵗ where Dozat has 0.96^(t / 250).)
    private func momentum(ofStep step: Int) -> Float {
        Float(beta1) * (1 - 0.5 * Float(power(Double(0.96 as Float), step)))
    }
}
