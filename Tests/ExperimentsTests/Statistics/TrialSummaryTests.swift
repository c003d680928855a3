import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct TrialSummaryTests {
    typealias Trials = SampleTrials

    static let trials =
        Trials.repeats([.init("training.batch_size", 32), .init("training.optimizer", "SGD")], [0.5, 0.75])
        + Trials.repeats([.init("training.batch_size", 64), .init("let.sizes", [1, 2])], [0.25])

    @Test func `a group is a row, exact, and nothing for what is unknown`() throws {
        let csv = TrialSummary(Self.trials).csv
        #expect(
            csv.header == [
                "training.batch_size", "training.optimizer", "let.sizes", "n", "val_accuracy_mean",
                "val_accuracy_standard_deviation", "val_accuracy_ci95_low", "val_accuracy_ci95_high",
            ])
        let sample = Sample([0.5, 0.75])
        let interval = try #require(sample.interval(0.95))
        #expect(
            csv.rows == [
                [
                    "32", "SGD", "", "2", "0.625", "\(try #require(sample.standardDeviation))",
                    "\(interval.lowerBound)", "\(interval.upperBound)",
                ],
                ["64", "", "[1,2]", "1", "0.25", "", "", ""],
            ])
        #expect(try CSV(parsing: csv.text) == csv)
        #expect(TrialSummary([]).csv.text == "n\n")
    }

    @Test func `validation chooses, without it training, and the test images never`() {
        func decisive(_ metrics: [Metric: Double]) -> Metric? {
            TrialSummary([TrialResult(name: "", values: [], seed: 0, metrics: metrics)]).decisive
        }
        #expect(decisive([.testAccuracy: 1, .accuracy: 1, .validationAccuracy: 1]) == .validationAccuracy)
        #expect(decisive([.testAccuracy: 1, .accuracy: 1]) == .accuracy)
        #expect(decisive([.testAccuracy: 1]) == nil)
    }

    @Test(arguments: [
        (Metric.validationAccuracy, [0.5, 0.75, 0.5, 0.25], [2, 1, 3, 4, 5]),
        (.validationLoss, [0.5, 0.75, 0.5, 0.25], [4, 1, 3, 2, 5]),
    ])
    func `the best come first, equals as they are, and the unknown last`(
        metric: Metric, means: [Double], order: [Int]
    ) {
        let known = means.enumerated().flatMap { Trials.repeats([.init("x", JSON($0 + 1))], [$1], of: metric) }
        let trials = known + Trials.repeats([.init("x", 5)], [1], of: .testLoss)
        let labels = TrialSummary(trials).ranked(by: metric).map(\.label)
        #expect(labels == order.map { "x \($0)" })
    }
}
