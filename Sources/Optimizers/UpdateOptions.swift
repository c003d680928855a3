import Kernels
import Schema

/// What every optimizer can do to parameters and gradients around its own rule: Keras's common arguments.
package struct UpdateOptions: Sendable, Equatable {
    /// This part of each parameter, times the learning rate, is subtracted in every step.
    package var weightDecay: Double?
    /// Gradients of one variable are scaled down to this norm.
    package var clipNorm: Double?
    /// Gradients of all variables are scaled down to this common norm.
    package var globalClipNorm: Double?
    /// Each gradient is clipped to ± this.
    package var clipValue: Double?
    /// Whether a moving average of the parameters is kept, which is evaluated and saved in their place.
    package var usesAverage = false
    /// How much of the average is kept after every batch.
    package var averageMomentum = 0.99
    /// The number of batches whose gradients are averaged for one step; nil for one.
    package var accumulatedSteps: Int?

    /// What is kept for every parameter beside the rule's own slots.
    var slots: [Slot] {
        (usesAverage ? [Slot("average")] : []) + (accumulatedSteps == nil ? [] : [Slot("gradient_accumulator")])
    }

    /// Everything but the scale of gradients, which depends on their norms.
    func preparation(learningRate: Double) -> UpdatePreparation {
        var preparation = UpdatePreparation()
        preparation.gradientLimit = clipValue.map { Float($0) } ?? .infinity
        preparation.decay = Float(weightDecay ?? 0) * Float(learningRate)
        return preparation
    }
}

extension Optimizer {
    /// An optimizer's own fields between those that all optimizers have.
    static func withCommon(_ fields: [Field<Self>]) -> [Field<Self>] {
        [.optional("learning_rate", \.learningRate, as: .learningRate, "how far a step goes")] + fields + [
            .optional(
                "weight_decay", \.options.weightDecay, in: 0...,
                "the part of a parameter that each step removes, times the rate"),
            .optional("clipnorm", \.options.clipNorm, in: .above(0), "the largest norm of one variable's gradient"),
            .optional("clipvalue", \.options.clipValue, in: .above(0), "the largest absolute value in a gradient"),
            .optional(
                "global_clipnorm", \.options.globalClipNorm, in: .above(0), "the largest norm of all gradients together"
            ),
            .optional(
                "use_ema", \.options.usesAverage,
                "whether to evaluate and save a moving average of the weights instead of the weights of the last step"),
            .optional(
                "ema_momentum", \.options.averageMomentum, in: 0...1,
                "with use_ema: how much of the average is kept after every batch"),
            .optional(
                "gradient_accumulation_steps", \.options.accumulatedSteps, in: 2...1_000_000,
                "batches whose gradients are averaged for one step, as if they were one large batch; a shorter last one counts as much as a whole one; null for one"
            ),
        ]
    }

    /// At most one of the three ways to clip may be set.
    package func check(at place: Place, _ problems: inout Problems) {
        let ways = [
            ("clipnorm", options.clipNorm), ("clipvalue", options.clipValue),
            ("global_clipnorm", options.globalClipNorm),
        ].filter { $0.1 != nil }
        guard ways.count > 1 else { return }
        problems.append(
            place.problem(at: ways[1].0, "\(ways[0].0) and \(ways[1].0) exclude each other", remedy: "leave one out"))
    }
}
