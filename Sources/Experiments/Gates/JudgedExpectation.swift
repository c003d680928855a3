import Reporting
import Schema

/// A bound and the value that it was held against: one run's, or the mean over repeats.
package struct JudgedExpectation: Sendable {
    /// The bound.
    package let bound: Expectations.Bound
    /// The run's figure, or the mean over repeats; nil where there is none.
    package let value: Double?
    /// Whether the bound holds; nil where too little is known to tell with the confidence asked for.
    package let met: Bool?
    /// How many repeats the value is the mean of; nil for the value of a single run.
    package let count: Int?
    /// Where the true mean lies with the bound's confidence; nil without one, and where repeats do not tell.
    package let interval: ClosedRange<Double>?

    /// One run's figure, which never decides a bound with a confidence.
    init(_ bound: Expectations.Bound, value: Double?) {
        self.bound = bound
        self.value = value
        met = bound.confidence == nil ? bound.holds(value) : nil
        count = nil
        interval = nil
    }

    /// The figures of repeats. Without a confidence their mean must keep the bound. With one, the mean's interval must
    /// lie within the bound to be met and wholly outside to be missed; fewer than two repeats leave it open.
    package init(_ bound: Expectations.Bound, repeats: Sample) {
        self.bound = bound
        value = repeats.count > 0 ? repeats.mean : nil
        count = repeats.count
        interval = bound.confidence.flatMap { repeats.interval($0) }
        met = bound.confidence == nil ? bound.holds(value) : interval.flatMap(bound.holds)
    }

    /// One from an earlier `result.json`, judged as it was then.
    package init?(_ json: JSON) {
        func figure(_ key: String) -> Double? { json[key].flatMap { try? Double(from: $0) } }
        guard let metric = json["metric"]?.text.flatMap(Metric.init) else { return nil }
        bound = Expectations.Bound(
            metric: metric, min: figure("min"), max: figure("max"), confidence: figure("confidence"))
        value = figure("value")
        met = json["met"].flatMap { try? Bool(from: $0) }
        count = json["n"].flatMap { try? Int(from: $0) }
        let ends = json["interval"].flatMap { try? [Double](from: $0) } ?? []
        interval = ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    /// `at least 0.98 and at most 1.0`
    var limits: String {
        [bound.min.map { "at least \($0)" }, bound.max.map { "at most \($0)" }].compactMap(\.self)
            .joined(separator: " and ")
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

    /// As it stands in `expect` of `result.json`; repeats have `confidence`, `n` and `interval` besides.
    package var json: JSON {
        let figures: JSON = [
            "metric": JSON(bound.metric.rawValue), "min": JSON(bound.min), "max": JSON(bound.max), "value": JSON(value),
            "met": JSON(met),
        ]
        guard let count else { return figures }
        let ends: JSON = interval.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? nil
        let own: [JSON.Member] = [
            .init("confidence", JSON(bound.confidence)), .init("n", JSON(count)), .init("interval", ends),
        ]
        return JSON(.object((figures.members ?? []) + own))
    }
}

extension Expectations.Bound {
    /// Whether a value keeps the bound; one that is not known does not.
    fileprivate func holds(_ value: Double?) -> Bool {
        guard let value else { return false }
        return (min.map { value >= $0 } ?? true) && (max.map { value <= $0 } ?? true)
    }

    /// Whether every value of a range keeps the bound (true), none does (false), or some do (nil).
    fileprivate func holds(_ range: ClosedRange<Double>) -> Bool? {
        if holds(range.lowerBound), holds(range.upperBound) { return true }
        let isBelow = min.map { range.upperBound < $0 } ?? false
        let isAbove = max.map { range.lowerBound > $0 } ?? false
        return isBelow || isAbove ? false : nil
    }
}
