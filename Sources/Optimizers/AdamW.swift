import Kernels
import Schema

/// Loshchilov and Hutter's Adam. Weight decay is decoupled from gradients in all optimizers, so that only a default differs.
package struct AdamW: Optimizer {
    private var adam: Adam

    package init() {
        adam = Adam()
        adam.options.weightDecay = 0.004
    }

    package static let name = "AdamW"
    package static let summary = "Adam with weight decay."
    package static var fields: [Field<AdamW>] {
        withCommon([
            .optional("beta_1", \.adam.beta1, in: 0..<1, "how much of the average gradient is kept"),
            .optional("beta_2", \.adam.beta2, in: 0..<1, "how much of the average squared gradient is kept"),
            .optional("epsilon", \.adam.epsilon, in: 1e-37..., "added to the root against division by zero"),
            .optional("amsgrad", \.adam.amsgrad, "whether to divide by the largest average square so far"),
        ])
    }

    package var learningRate: any LearningRateSchedule {
        get { adam.learningRate }
        set { adam.learningRate = newValue }
    }
    package var options: UpdateOptions {
        get { adam.options }
        set { adam.options = newValue }
    }
    package var slots: [Slot] { adam.slots }

    package func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule {
        adam.rule(learningRate: learningRate, progress: &progress)
    }
}
