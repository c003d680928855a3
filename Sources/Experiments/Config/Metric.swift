import Schema

/// A figure of a finished run that can be expected, by the names of `result.json`.
package enum Metric: String, CaseIterable, Setting {
    /// On the test images, by the weights that are saved.
    case testLoss = "test_loss"
    case testAccuracy = "test_accuracy"
    /// Of the last epoch.
    case loss, accuracy
    case validationLoss = "val_loss"
    case validationAccuracy = "val_accuracy"
    /// The lowest loss or highest accuracy of any epoch.
    case bestLoss = "best_loss"
    case bestAccuracy = "best_accuracy"
    case bestValidationLoss = "best_val_loss"
    case bestValidationAccuracy = "best_val_accuracy"

    /// Whether there is no such figure without a validation part.
    package var needsValidation: Bool { rawValue.contains("val_") }

    /// Whether there is no such figure without training.
    package var needsEpoch: Bool { !rawValue.hasPrefix("test_") }

    /// Whether it is a part of all images, from 0 to 1.
    package var isAccuracy: Bool { rawValue.hasSuffix("accuracy") }
}
