import Schema

/// Successive halving: after `min_epochs` epochs, and each time `factor` times as many, only the best part of the
/// combinations goes on.
package struct Halving: Described {
    /// A figure that may choose, because training does not use its images, nor testing, unless the config says so.
    package enum Metric: String, CaseIterable, Setting {
        case validationAccuracy = "val_accuracy"
        case validationLoss = "val_loss"

        /// Whether a value is better than another.
        func isBetter(_ a: Double, than b: Double) -> Bool { self == .validationAccuracy ? a > b : a < b }
    }

    /// What decides, as the mean over a combination's repeats and folds.
    package var metric = Metric.validationAccuracy
    /// One of so many combinations goes on.
    package var factor = 3
    /// Before the first decision.
    package var minEpochs = 1

    /// The defaults of most tuners.
    package init() {}

    package static let name = "halving"
    package static let summary =
        "Successive halving: the worse combinations stop early, the better ones go on from there."
    package static var fields: [Field<Halving>] {
        [
            .optional("metric", \.metric, "what decides, as the mean over repeats and folds"),
            .optional(
                "factor", \.factor, in: 2...100, "one in so many combinations continues, for so many times the epochs"),
            .optional("min_epochs", \.minEpochs, in: 1...1_000_000, "epochs before the first decision"),
        ]
    }

    /// The epochs after which decisions fall, all before the last.
    package func rungs(epochs: Int) -> [Int] {
        var rungs: [Int] = []
        var next = minEpochs
        while next < epochs {
            rungs.append(next)
            guard next <= epochs / factor else { break }
            next *= factor
        }
        return rungs
    }
}
