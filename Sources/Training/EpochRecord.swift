/// What one epoch came to: a row of the curves.
package struct EpochRecord: Sendable, Equatable {
    /// Counted from 0.
    package let epoch: Int
    /// Mean over the epoch's images, each measured before the step that learned from it; penalties included.
    package let loss: Double
    /// The part of the epoch's images whose class was found, likewise.
    package let accuracy: Double
    /// The rate of the epoch's last step.
    package let learningRate: Double
    /// The same over the images that were held back, after the epoch; nil without any.
    package let validation: Score?

    /// Everything a training epoch is judged by.
    package init(epoch: Int, loss: Double, accuracy: Double, learningRate: Double, validation: Score?) {
        self.epoch = epoch
        self.loss = loss
        self.accuracy = accuracy
        self.learningRate = learningRate
        self.validation = validation
    }

    /// A figure by Keras's name of it.
    package func value(of metric: EpochMetric) -> Double? {
        switch metric {
        case .loss: loss
        case .accuracy: accuracy
        case .validationLoss: validation?.loss
        case .validationAccuracy: validation?.accuracy
        }
    }
}

/// Loss and accuracy over some images.
package struct Score: Sendable, Equatable {
    /// The mean of the images' losses, penalties on weights included.
    package let loss: Double
    /// The part whose class was found.
    package let accuracy: Double

    /// Two figures that belong together.
    package init(loss: Double, accuracy: Double) {
        self.loss = loss
        self.accuracy = accuracy
    }
}
