/// What a callback may change about training, and what it may read.
package struct TrainingControl {
    /// The learning rate of the next steps; setting it replaces the optimizer's schedule.
    package var learningRate: Double
    /// Setting a reason ends training after this epoch.
    package var stopReason: String?
    /// Copies all weights, so call it only to keep them.
    package let weights: () -> [Float]
    /// The phase's first one, from which its callbacks count.
    package let firstEpoch: Int
    /// Setting weights replaces the model's.
    package var restored: [Float]?

    package init(learningRate: Double, firstEpoch: Int = 0, weights: @escaping () -> [Float]) {
        self.learningRate = learningRate
        self.firstEpoch = firstEpoch
        self.weights = weights
    }
}
