import Analysis
import Reporting
import Schema
import Training

/// The metrics and verdict of a finished run: `result.json`.
package struct RunResult: Sendable {
    let name: String
    let history: [EpochRecord]
    let stopReason: String?
    /// Measured on the test images.
    package let test: Score
    package let testCount: Int
    package let classes: ClassReport
    /// What the model says of each test image.
    let verdicts: Verdicts
    /// Every bound of the config's `expect`, judged.
    package let expectations: [JudgedExpectation]

    init(
        name: String, history: [EpochRecord], stopReason: String?, test: Score, testCount: Int, classes: ClassReport,
        verdicts: Verdicts, expecting expectations: Expectations, after training: [Metric: Double] = [:]
    ) {
        self.name = name
        self.history = history
        self.stopReason = stopReason
        self.test = test
        self.testCount = testCount
        self.classes = classes
        self.verdicts = verdicts
        self.expectations = expectations.bounds.map { bound in
            let value = Self.value(of: bound.metric, history: history, test: test)
            return JudgedExpectation(bound, value: value ?? training[bound.metric])
        }
    }

    /// The binomial standard error of the test accuracy.
    package var standardError: Double {
        (test.accuracy * (1 - test.accuracy) / Double(max(testCount, 1))).squareRoot()
    }

    /// The verdict on all expectations together; nil where nothing is expected.
    package var verdict: Verdict? { Verdict(expectations) }

    /// The epoch with the highest accuracy (on validation images if there are any); of equals, the one with the lowest loss.
    var best: EpochRecord? {
        history.max { a, b in
            let (x, y) = (
                a.validation ?? Score(loss: a.loss, accuracy: a.accuracy),
                b.validation ?? Score(loss: b.loss, accuracy: b.accuracy)
            )
            return (x.accuracy, -x.loss, -a.epoch) < (y.accuracy, -y.loss, -b.epoch)
        }
    }

    /// The keys of `result.json` that tell of the training and not of the test images.
    static let trainingKeys = ["epochs_run", "stopped_early", "stop_reason", "best", "final"]

    /// The content of `result.json`.
    package var json: JSON {
        [
            "name": JSON(name),
            "epochs_run": JSON(history.count),
            "stopped_early": JSON(stopReason != nil),
            "stop_reason": JSON(stopReason),
            "best": best.map { Self.json(of: $0, withEpoch: true) } ?? nil,
            "final": history.last.map { Self.json(of: $0, withEpoch: false) } ?? nil,
            "test": [
                "loss": JSON(test.loss), "accuracy": JSON(test.accuracy),
                "accuracy_standard_error": JSON(standardError), "images": JSON(testCount),
            ],
            "per_class": classes.json,
            "confusion": JSON(.array(classes.confusion.map { JSON($0) })),
            "expect": JSON(.array(expectations.map(\.json))),
            "verdict": JSON(verdict?.rawValue),
        ]
    }

    /// For people: loss, accuracy with its standard error, verdicts, and every class if wanted.
    package func text(width: Int?, withClasses: Bool = false) -> String {
        var text = Self.text(loss: test.loss, accuracy: test.accuracy, error: standardError, count: testCount)
        if withClasses { text += "\n\(classes.table(width: width))\n\(classes.matrix(width: width))\n" }
        for expectation in expectations { text += expectation.text + "\n" }
        return text
    }

    static func text(loss: Double, accuracy: Double, error: Double, count: Int) -> String {
        "test loss      \(fixed(loss, digits: 4))\n"
            + "test accuracy  \(fixed(accuracy, digits: 4)) ± \(fixed(error, digits: 4))  (\(grouped(count)) images)\n"
    }

    private static func json(of record: EpochRecord, withEpoch: Bool) -> JSON {
        let figures: JSON = [
            "loss": JSON(record.loss), "accuracy": JSON(record.accuracy), "val_loss": JSON(record.validation?.loss),
            "val_accuracy": JSON(record.validation?.accuracy), "learning_rate": JSON(record.learningRate),
        ]
        guard withEpoch else { return figures }
        return JSON(.object([.init("epoch", JSON(record.epoch))] + (figures.members ?? [])))
    }

    static func value(of metric: Metric, history: [EpochRecord], test: Score) -> Double? {
        switch metric {
        case .testLoss: test.loss
        case .testAccuracy: test.accuracy
        case .loss: history.last?.loss
        case .accuracy: history.last?.accuracy
        case .validationLoss: history.last?.validation?.loss
        case .validationAccuracy: history.last?.validation?.accuracy
        case .bestLoss: history.map(\.loss).min()
        case .bestAccuracy: history.map(\.accuracy).max()
        case .bestValidationLoss: history.compactMap { $0.validation?.loss }.min()
        case .bestValidationAccuracy: history.compactMap { $0.validation?.accuracy }.max()
        }
    }
}
