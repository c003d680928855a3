/// What callbacks may change, and what they may look at.
package struct TrainingControl {
    /// The rate of the steps to come; setting it replaces the optimizer's own.
    package var learningRate: Double
    /// Why training ends after this epoch, if it does.
    package var stopReason: String?
    /// All weights, for keeping.
    package let weights: () -> [Float]
    /// Weights to go back to.
    package var restored: [Float]?

    /// What a callback meets after an epoch; `weights` is called only if it wants to keep them.
    package init(learningRate: Double, weights: @escaping () -> [Float]) {
        self.learningRate = learningRate
        self.weights = weights
    }
}
