import Optimizers

/// Everything but model and data that decides the result of training.
package struct TrainerSettings: Sendable {
    /// Of this phase.
    package var epochs: Int
    /// The most epochs that the phases before it can have had.
    package var epochsBefore = 0
    /// Images per step.
    package var batchSize: Int
    /// Whether every epoch has its own order of images.
    package var shuffle: Bool
    package var optimizer: any Optimizer
    /// Alpha of the beta distribution from which the shares of two mixed images are drawn; nil for images as they are.
    package var mixup: Double?
    /// Consulted in this order.
    package var callbacks: [any Callback]
    /// Decides the order of images and everything that training draws at random.
    package var seed: UInt64
    /// What happens to the features of frozen layers; results do not depend on it.
    package var features: FeatureKeeping
    /// Whether as many of the team's threads take part in a step as are fastest; results do not depend on it.
    package var measuresThreads = true

    package init(
        epochs: Int, batchSize: Int, shuffle: Bool = true, optimizer: any Optimizer, callbacks: [any Callback] = [],
        seed: UInt64, mixup: Double? = nil, features: FeatureKeeping = .inMemory
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.shuffle = shuffle
        self.optimizer = optimizer
        self.callbacks = callbacks
        self.seed = seed
        self.mixup = mixup
        self.features = features
    }
}
