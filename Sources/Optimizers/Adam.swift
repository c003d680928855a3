import Kernels
import Schema

/// Kingma and Ba's Adam; with `amsgrad` Reddi, Kale and Kumar's, which never forgets a large gradient.
///
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − rate · m̂ / (√v̂ + ε)
///
/// m and v are averages of the gradient and of its square that begin at zero. After t steps the weights of all gradients in m add
/// up to 1 − β₁ᵗ, which is a tenth at first, so m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) are what is averaged. As in Keras, one
/// `correction` of the rate stands for both, √(1 − β₂ᵗ) / (1 − β₁ᵗ), and ε is added to √v.
package struct Adam: Optimizer {
    package var learningRate: any LearningRateSchedule = ConstantRate(0.001)
    var beta1 = 0.9
    var beta2 = 0.999
    var epsilon = 1e-7
    var amsgrad = false
    package var options = UpdateOptions()

    package init() {}

    package static let name = "Adam"
    package static let summary = "Steps along the average gradient, divided by the root of its average square."
    package static var fields: [Field<Adam>] {
        withCommon([
            .optional("beta_1", \.beta1, in: 0..<1, "how much of the average gradient is kept"),
            .optional("beta_2", \.beta2, in: 0..<1, "how much of the average squared gradient is kept"),
            .optional("epsilon", \.epsilon, in: 1e-37..., "added to the root against division by zero"),
            .optional("amsgrad", \.amsgrad, "whether to divide by the largest average square so far"),
        ])
    }

    package var slots: [Slot] {
        [Slot("momentum"), Slot("velocity")] + (amsgrad ? [Slot("velocity_hat")] : [])
    }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        let correction =
            progress.complement(ofPowerOf: beta2).squareRoot() / progress.complement(ofPowerOf: beta1)
        return AdamUpdate(
            rate: Float(learningRate) * correction, gain1: Float(1 - beta1), gain2: Float(1 - beta2),
            epsilon: Float(epsilon), amsgrad: amsgrad)
    }
}
