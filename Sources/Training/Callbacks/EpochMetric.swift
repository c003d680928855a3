import Schema

/// A figure that exists after every epoch, by Keras's name.
package enum EpochMetric: String, CaseIterable, Setting {
    case loss, accuracy
    case validationLoss = "val_loss"
    case validationAccuracy = "val_accuracy"

    /// Whether images must be held back for it.
    package var needsValidation: Bool { self != withoutValidation }

    /// The same figure of the training images.
    package var withoutValidation: EpochMetric {
        switch self {
        case .loss, .validationLoss: .loss
        case .accuracy, .validationAccuracy: .accuracy
        }
    }
}

/// Which direction is better.
package enum MonitorMode: String, CaseIterable, Setting {
    /// As the metric's name says: accuracies up, losses down.
    case auto
    case min, max

    /// Whether a value is better than another by more than a margin.
    func isBetter(_ value: Double, than reference: Double, by margin: Double, of metric: EpochMetric) -> Bool {
        wantsMore(metric) ? value - margin.magnitude > reference : value + margin.magnitude < reference
    }

    /// What every value is better than.
    func worst(of metric: EpochMetric) -> Double { wantsMore(metric) ? -.infinity : .infinity }

    private func wantsMore(_ metric: EpochMetric) -> Bool {
        switch self {
        case .min: false
        case .max: true
        case .auto: metric == .accuracy || metric == .validationAccuracy
        }
    }
}
