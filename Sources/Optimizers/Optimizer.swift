import Kernels
import Schema

/// An update rule with its settings, named and defaulted as in Keras: a description that holds no memory and never changes.
///
/// What changes while training is outside, so that it can be planned and written to a checkpoint: the slots, which are
/// some numbers for every parameter, and the `OptimizerProgress`.
package protocol Optimizer: Described {
    /// The rate of each step, before any callback changes it.
    var learningRate: any LearningRateSchedule { get set }
    /// Weight decay and gradient clipping.
    var options: UpdateOptions { get set }
    /// What is kept for every parameter, in the order of memory.
    var slots: [Slot] { get }
    /// The rule for the step that `progress` already counts.
    func rule(learningRate: Double, progress: inout OptimizerProgress) -> any UpdateRule
}

extension Format where Value == any Optimizer {
    /// One of the optimizers, or its bare name.
    package static var optimizer: Format { Format.optimizers.format }

    /// All optimizers; a new one is a file of its own and a word here.
    package static var optimizers: Family<any Optimizer> {
        Family(
            "optimizer",
            [SGD.self, Adam.self, AdamW.self, Nadam.self, RMSprop.self, Adagrad.self, Adadelta.self],
            allowsBareNames: true)
    }
}

/// One number that an optimizer keeps for every parameter.
package struct Slot: Sendable, Equatable {
    /// Keras's name, also used in checkpoints.
    package let name: String
    /// Its value before the first step.
    package let initialValue: Float

    init(_ name: String, initialValue: Float = 0) {
        self.name = name
        self.initialValue = initialValue
    }
}

/// How far an optimizer has come: all of its state but the slots.
package struct OptimizerProgress: Sendable, Equatable {
    /// Steps done, or while a step is being done, its number counted from one.
    package var steps = 0
    /// The product of all momentum factors so far, which only Nadam uses.
    package var momentumProduct: Float = 1
    /// Batches whose gradients are gathered for the next step.
    package var gathered = 0

    package init() {}

    /// 1 − βᵗ in `Float`, as Keras computes it: the difference has few correct digits at first, which changes the rate.
    func complement(ofPowerOf beta: Double) -> Float {
        1 - Float(power(Double(Float(beta)), steps))
    }
}
