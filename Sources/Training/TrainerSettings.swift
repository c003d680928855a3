import Optimizers

/// How a network is to be trained.
package struct TrainerSettings: Sendable {
    /// Passes over the training images.
    package var epochs: Int
    /// Images a step.
    package var batchSize: Int
    /// Whether every epoch has an order of its own.
    package var shuffle: Bool
    /// The update rule.
    package var optimizer: any Optimizer
    /// Asked in this order.
    package var callbacks: [any Callback]
    /// Decides initial weights, order and dropout.
    package var seed: UInt64

    /// Everything that decides a result besides model and data.
    package init(
        epochs: Int, batchSize: Int, shuffle: Bool = true, optimizer: any Optimizer, callbacks: [any Callback] = [],
        seed: UInt64
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.shuffle = shuffle
        self.optimizer = optimizer
        self.callbacks = callbacks
        self.seed = seed
    }
}
