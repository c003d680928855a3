/// The metrics of one epoch: a row of `curves.csv`.
package struct EpochRecord: Sendable, Equatable {
    /// Counted from 0.
    package let epoch: Int
    /// The mean over the epoch's images, each measured before the step that learned from it; includes penalties on weights.
    package let loss: Double
    /// The fraction of the epoch's images classified correctly, measured at the same moments.
    package let accuracy: Double
    /// The learning rate of the epoch's last step.
    package let learningRate: Double
    /// Measured on the validation images after the epoch; nil without any.
    package let validation: Score?

    package init(epoch: Int, loss: Double, accuracy: Double, learningRate: Double, validation: Score?) {
        self.epoch = epoch
        self.loss = loss
        self.accuracy = accuracy
        self.learningRate = learningRate
        self.validation = validation
    }

    /// Nil for a validation metric of a run without validation images.
    package func value(of metric: EpochMetric) -> Double? {
        switch metric {
        case .loss: loss
        case .accuracy: accuracy
        case .validationLoss: validation?.loss
        case .validationAccuracy: validation?.accuracy
        }
    }
}

package struct Score: Sendable, Equatable {
    /// The mean of the images' losses, plus penalties on weights.
    package let loss: Double
    /// The fraction of images classified correctly.
    package let accuracy: Double

    package init(loss: Double, accuracy: Double) {
        self.loss = loss
        self.accuracy = accuracy
    }
}
