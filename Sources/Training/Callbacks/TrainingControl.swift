/// What a callback may change about training, and what it may read.
package struct TrainingControl {
    /// The learning rate of the next steps; setting it replaces the optimizer's schedule.
    package var learningRate: Double
    /// Setting a reason ends training after this epoch.
    package var stopReason: String?
    /// Copies all weights, so call it only to keep them.
    package let weights: () -> [Float]
    /// Setting weights replaces the model's.
    package var restored: [Float]?

    package init(learningRate: Double, weights: @escaping () -> [Float]) {
        self.learningRate = learningRate
        self.weights = weights
    }
}
