import Schema

/// The results of a finished trial, as statistics need them.
package struct TrialResult: Sendable, Equatable {
    /// The trial's name, which is its folder's too.
    package var name: String

    /// What varies within the sweep, by its path in the config.
    package var values: [JSON.Member]

    /// Trials with the same seed and fold in two groups are pairs.
    package var seed: Int?

    /// Which part of the training images validated; nil without cross-validation.
    package var fold: Int?

    /// Every figure that there is, the same that expectations are about.
    package var metrics: [Metric: Double]

    package init(name: String, values: [JSON.Member], seed: Int?, fold: Int? = nil, metrics: [Metric: Double]) {
        self.name = name
        self.values = values
        self.seed = seed
        self.fold = fold
        self.metrics = metrics
    }

    /// The values that tell groups apart; a seed or a fold makes a repeat, even where it is given as a value.
    var setting: [JSON.Member] { values.filter { !Self.repeatPaths.contains($0.key) } }

    /// What varies between the repeats of one setting.
    static let repeatPaths: Set = ["seed", "dataset.validation.fold"]

    /// Which trial of another group goes with this one.
    var repeated: Repeat { Repeat(seed: seed, fold: fold) }

    /// What tells the repeats of one setting apart.
    struct Repeat: Hashable {
        var seed: Int?
        var fold: Int?
    }
}
