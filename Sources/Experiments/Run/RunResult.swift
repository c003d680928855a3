import Reporting
import Schema
import Training

/// What a finished run came to: `result.json`.
package struct RunResult: Sendable {
    let name: String
    let history: [EpochRecord]
    let stopReason: String?
    /// On the test images.
    package let test: Score
    let testCount: Int
    /// By class.
    package let classes: ClassReport
    /// Every bound of the config, judged.
    package let expectations: [JudgedExpectation]

    /// Judges expectations along the way.
    init(
        name: String, history: [EpochRecord], stopReason: String?, test: Score, testCount: Int, classes: ClassReport,
        expecting expectations: Expectations
    ) {
        self.name = name
        self.history = history
        self.stopReason = stopReason
        self.test = test
        self.testCount = testCount
        self.classes = classes
        self.expectations = expectations.bounds.map { bound in
            JudgedExpectation(bound, value: Self.value(of: bound.metric, history: history, test: test))
        }
    }

    /// The binomial error of an accuracy over so many images.
    package var standardError: Double {
        (test.accuracy * (1 - test.accuracy) / Double(max(testCount, 1))).squareRoot()
    }

    /// What all expectations together come to; nil where nothing is expected.
    package var verdict: Verdict? {
        if expectations.isEmpty { return nil }
        if expectations.contains(where: { $0.met == false }) { return .failed }
        return expectations.contains { $0.met == nil } ? .inconclusive : .passed
    }

    /// The epoch with the highest accuracy (on validation images if there are any), of equals the one with the least loss.
    var best: EpochRecord? {
        history.max { a, b in
            let (x, y) = (
                a.validation ?? Score(loss: a.loss, accuracy: a.accuracy),
                b.validation ?? Score(loss: b.loss, accuracy: b.accuracy)
            )
            return (x.accuracy, -x.loss, -a.epoch) < (y.accuracy, -y.loss, -b.epoch)
        }
    }

    /// The document.
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

    /// For people: loss and accuracy with its error, verdicts, and every class if wanted.
    package func text(width: Int?, withClasses: Bool = false) -> String {
        var text = "test loss      \(fixed(test.loss, digits: 4))\n"
        text += "test accuracy  \(fixed(test.accuracy, digits: 4)) ± \(fixed(standardError, digits: 4))"
        text += "  (\(grouped(testCount)) images)\n"
        if withClasses { text += "\n\(classes.table(width: width))\n\(classes.matrix(width: width))\n" }
        for expectation in expectations { text += expectation.text + "\n" }
        return text
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

/// What expectations come to.
package enum Verdict: String, Sendable {
    /// All were met.
    case passed
    /// One was not met.
    case failed
    /// None was missed, but one cannot be decided.
    case inconclusive
}

/// A bound and the value that it was held against.
package struct JudgedExpectation: Sendable {
    /// The bound.
    package let bound: Expectations.Bound
    /// The run's figure; nil where the run has none.
    package let value: Double?
    /// Whether the bound holds; nil where one run cannot decide, because a confidence over repeats is asked for.
    package let met: Bool?

    init(_ bound: Expectations.Bound, value: Double?) {
        self.bound = bound
        self.value = value
        guard bound.confidence == nil else {
            met = nil
            return
        }
        let isAbove = bound.min.map { limit in value.map { $0 >= limit } ?? false } ?? true
        let isBelow = bound.max.map { limit in value.map { $0 <= limit } ?? false } ?? true
        met = isAbove && isBelow
    }

    /// One from an earlier run's `result.json`, judged as it was then.
    package init?(_ json: JSON) {
        func figure(_ key: String) -> Double? { json[key].flatMap { try? Double(from: $0) } }
        guard let metric = json["metric"]?.text.flatMap(Metric.init) else { return nil }
        bound = Expectations.Bound(metric: metric, min: figure("min"), max: figure("max"), confidence: nil)
        value = figure("value")
        met = json["met"].flatMap { try? Bool(from: $0) }
    }

    /// `at least 0.98 and at most 1.0`
    var limits: String {
        [bound.min.map { "at least \($0)" }, bound.max.map { "at most \($0)" }].compactMap(\.self)
            .joined(separator: " and ")
    }

    /// One line for people.
    var text: String {
        let verdict = met.map { $0 ? "met" : "NOT MET" } ?? "undecided: a confidence needs repeats"
        let value = value.map { fixed($0, digits: 4) } ?? "none"
        return "expected       \(bound.metric.rawValue) \(limits): \(verdict) (\(value))"
    }

    var json: JSON {
        [
            "metric": JSON(bound.metric.rawValue), "min": JSON(bound.min), "max": JSON(bound.max), "value": JSON(value),
            "met": JSON(met),
        ]
    }
}
