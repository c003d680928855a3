import Schema

@testable import Experiments

/// Trials made by hand.
enum SampleTrials {
    /// The repeats of one setting, with seeds from 0 and values for one metric.
    static func repeats(
        _ values: [JSON.Member], _ figures: [Double], of metric: Metric = .validationAccuracy, firstSeed: Int = 0
    ) -> [TrialResult] {
        figures.enumerated().map { index, figure in
            TrialResult(
                name: "trial-\(index)", values: values, seed: firstSeed + index, metrics: [metric: figure])
        }
    }

    /// The same as a group.
    static func group(
        _ size: Int, _ figures: [Double], of metric: Metric = .validationAccuracy, firstSeed: Int = 0
    ) -> TrialGroup {
        let values = [JSON.Member("training.batch_size", JSON(size))]
        return TrialGroup(
            values: values, trials: repeats(values, figures, of: metric, firstSeed: firstSeed))
    }
}
