/// One figure of a finished run, with the epoch that it is taken from: `val_accuracy@1`.
package struct Figure: Sendable, Hashable {
    /// What is measured, by the names of `curves.csv` and `result.json`, and some more that reports speak of.
    package enum Quantity: String, CaseIterable, Sendable {
        case loss, accuracy
        case validationLoss = "val_loss"
        case validationAccuracy = "val_accuracy"
        /// How much better off the training images are: their accuracy less that of the validation images.
        case gap
        case testLoss = "test_loss"
        case testAccuracy = "test_accuracy"
        case bestLoss = "best_loss"
        case bestAccuracy = "best_accuracy"
        case bestValidationLoss = "best_val_loss"
        case bestValidationAccuracy = "best_val_accuracy"
        /// How many have been run.
        case epochs
        /// The one with the least loss on validation images, counted from 1.
        case bestEpoch = "best_epoch"
    }

    /// What is measured.
    package let quantity: Quantity

    /// Nil where it is said elsewhere, or where the quantity belongs to no epoch.
    package let place: EpochPlace?
}

/// Which epoch's figures are meant.
package enum EpochPlace: Sendable, Hashable {
    case last
    /// The one with the least loss on validation images, the weights of which patience brings back.
    case kept
    /// Counted from 1.
    case epoch(Int)
}

extension Figure.Quantity {
    /// The same figure as expectations know it; nil for those that they do not.
    var metric: Metric? { Metric(rawValue: rawValue) }

    /// Whether it is a part of all images, for which more is better.
    package var isAccuracy: Bool { metric?.isAccuracy ?? false }

    /// Whether it is a difference of such parts or one, and so is told in points.
    package var isShare: Bool { isAccuracy || self == .gap }

    /// Whether it counts epochs.
    package var isCount: Bool { self == .epochs || self == .bestEpoch }

    /// Whether every epoch has its own.
    package var isOfOneEpoch: Bool {
        switch self {
        case .loss, .accuracy, .validationLoss, .validationAccuracy, .gap: true
        default: false
        }
    }
}
