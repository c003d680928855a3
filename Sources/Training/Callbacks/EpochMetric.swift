import Schema

/// A metric known after every epoch, by Keras's name.
package enum EpochMetric: String, CaseIterable, Setting {
    case loss, accuracy
    case validationLoss = "val_loss"
    case validationAccuracy = "val_accuracy"

    /// Whether it is measured on validation images.
    package var needsValidation: Bool { self != withoutValidation }

    /// The same metric on the training images.
    package var withoutValidation: EpochMetric {
        switch self {
        case .loss, .validationLoss: .loss
        case .accuracy, .validationAccuracy: .accuracy
        }
    }
}

/// Whether a smaller or a larger value of a metric is better.
package enum MonitorMode: String, CaseIterable, Setting {
    /// Decided by the metric: larger accuracies, smaller losses.
    case auto
    case min, max

    /// Whether a value improves on another by more than a margin.
    func isBetter(_ value: Double, than reference: Double, by margin: Double, of metric: EpochMetric) -> Bool {
        wantsMore(metric) ? value - margin.magnitude > reference : value + margin.magnitude < reference
    }

    /// Where a search for the best value begins: every finite value is better.
    func worst(of metric: EpochMetric) -> Double { wantsMore(metric) ? -.infinity : .infinity }

    private func wantsMore(_ metric: EpochMetric) -> Bool {
        switch self {
        case .min: false
        case .max: true
        case .auto: metric == .accuracy || metric == .validationAccuracy
        }
    }
}
