import Reporting
import Schema

/// A bound and the value that it was compared with: a single run's, or the mean over repeats.
package struct JudgedExpectation: Sendable {
    package let bound: Expectations.Bound
    /// The run's metric, or the mean over repeats; nil where there is none.
    package let value: Double?
    /// Whether the bound holds; nil where the data do not decide with the confidence asked for.
    package let met: Bool?
    /// How many repeats the value is the mean of; nil for the value of a single run.
    package let count: Int?
    /// The confidence interval of the mean; nil for a bound without confidence, and with fewer than two repeats.
    package let interval: ClosedRange<Double>?

    /// Judges a single run, which never decides a bound with a confidence.
    init(_ bound: Expectations.Bound, value: Double?) {
        self.bound = bound
        self.value = value
        met = bound.confidence == nil ? bound.holds(value) : nil
        count = nil
        interval = nil
    }

    /// Judges repeats. Without a confidence, their mean must satisfy the bound. With one, the bound is met if the mean's
    /// interval lies within it, and missed if the interval lies wholly outside; fewer than two repeats are undecided.
    package init(_ bound: Expectations.Bound, repeats: Sample) {
        self.bound = bound
        value = repeats.count > 0 ? repeats.mean : nil
        count = repeats.count
        interval = bound.confidence.flatMap { repeats.interval($0) }
        met = bound.confidence == nil ? bound.holds(value) : interval.flatMap(bound.holds)
    }

    /// Reads an expectation from an earlier `result.json`, as it was judged then.
    package init?(_ json: JSON) {
        func figure(_ key: String) -> Double? { json[key].flatMap { try? Double(from: $0) } }
        guard let metric = json["metric"]?.text.flatMap(Metric.init) else { return nil }
        bound = Expectations.Bound(
            metric: metric, min: figure("min"), max: figure("max"), confidence: figure("confidence"),
            baseline: json["baseline"]?["run"]?.text.map { run in
                func part(_ key: String) -> Double? { json["baseline"]?[key].flatMap { try? Double(from: $0) } }
                return Baseline(run: run, tolerance: part("tolerance") ?? 0, value: part("value"))
            })
        value = figure("value")
        met = json["met"].flatMap { try? Bool(from: $0) }
        count = json["n"].flatMap { try? Int(from: $0) }
        let ends = json["interval"].flatMap { try? [Double](from: $0) } ?? []
        interval = ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    /// `at least 0.98 and at most 1.0`
    var limits: String {
        [
            bound.min.map { "at least \($0)" }, bound.max.map { "at most \($0)" },
            bound.baseline.map { $0.limit(of: bound.metric) },
        ].compactMap(\.self).joined(separator: " and ")
    }

    /// One line for people.
    package var text: String {
        let undecided = (count ?? 1) < 2 ? "undecided: a confidence needs repeats" : "undecided"
        let verdict = met.map { $0 ? "met" : "NOT MET" } ?? undecided
        let value = value.map { fixed($0, digits: 4) } ?? "none"
        return "expected       \(bound.metric.rawValue) \(limits): \(verdict) (\(value)\(spread))"
    }

    /// `, n = 3, 95 %: 0.9712 to 0.9804`, for a mean.
    private var spread: String {
        guard let count else { return "" }
        guard let interval, let confidence = bound.confidence else { return ", n = \(count)" }
        let ends = [interval.lowerBound, interval.upperBound].map { fixed($0, digits: 4) }.joined(separator: " to ")
        return ", n = \(count), \(significant(confidence * 100, digits: 6)) %: \(ends)"
    }

    /// An element of `expect` in `result.json`; repeats also have `confidence`, `n` and `interval`, and what is held to another
    /// run has its `baseline`.
    package var json: JSON {
        let figures: JSON = [
            "metric": JSON(bound.metric.rawValue), "min": JSON(bound.min), "max": JSON(bound.max), "value": JSON(value),
            "met": JSON(met),
        ]
        let held = bound.baseline.map { baseline -> JSON.Member in
            let run: JSON = [
                "run": JSON(baseline.shortName), "value": JSON(baseline.value), "tolerance": JSON(baseline.tolerance),
            ]
            return JSON.Member("baseline", run)
        }
        let others = [held].compactMap(\.self)
        guard let count else { return JSON(.object((figures.members ?? []) + others)) }
        let ends: JSON = interval.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? nil
        let own: [JSON.Member] = [
            .init("confidence", JSON(bound.confidence)), .init("n", JSON(count)), .init("interval", ends),
        ]
        return JSON(.object((figures.members ?? []) + own + others))
    }
}

extension Expectations.Bound {
    /// Sums of decimal fractions may miss a bound by their last bit.
    private static let slack = 1e-9

    /// Whether a value satisfies the bound; an unknown one does not.
    fileprivate func holds(_ value: Double?) -> Bool {
        guard let value else { return false }
        return (least.map { value >= $0 - Self.slack } ?? true) && (greatest.map { value <= $0 + Self.slack } ?? true)
    }

    /// True if all values of a range satisfy the bound, false if none does, nil if some do.
    fileprivate func holds(_ range: ClosedRange<Double>) -> Bool? {
        if holds(range.lowerBound), holds(range.upperBound) { return true }
        let isBelow = least.map { range.upperBound < $0 - Self.slack } ?? false
        let isAbove = greatest.map { range.lowerBound > $0 + Self.slack } ?? false
        return isBelow || isAbove ? false : nil
    }
}
