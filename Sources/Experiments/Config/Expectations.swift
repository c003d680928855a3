import Schema

/// What the results are held to: bounds for metrics, in the order of the config.
package struct Expectations: Equatable, Sendable {
    /// What one metric is held to.
    package struct Bound: Equatable, Sendable {
        /// Each at most once.
        package var metric: Metric
        /// The least value that is met.
        package var min: Double?
        /// The greatest value that is met.
        package var max: Double?
        /// With this confidence the mean over all seeds must keep the bounds; nil where the plain value must.
        package var confidence: Double?
        /// The run whose figure is the worst that is met; nil for none.
        package var baseline: Baseline?

        /// The least value that is met, the baseline's included.
        var least: Double? {
            [min, metric.isAccuracy ? baseline?.bound(of: metric) : nil].compactMap(\.self).max()
        }

        /// The greatest value that is met, the baseline's included.
        var greatest: Double? {
            [max, metric.isAccuracy ? nil : baseline?.bound(of: metric)].compactMap(\.self).min()
        }
    }

    /// None where nothing is expected.
    package var bounds: [Bound] = []
}

/// An object with a key for each metric.
extension Expectations: Setting {
    package static var format: Format<Expectations> {
        let bound = BoundSettings.format
        let names = Metric.allCases.map(\.rawValue)
        return Format(
            expecting: "an object of metrics",
            schema: { definitions in
                let properties = names.map { JSON.Member($0, bound.schema(&definitions)) }
                return [
                    "type": "object", "properties": JSON(.object(properties)), "additionalProperties": false,
                ]
            },
            read: { place, problems in
                guard let members = place.json.members else {
                    problems.append(place.mismatch("an object with a key for each metric"))
                    return nil
                }
                let before = problems.count
                var bounds: [Bound] = []
                for member in members {
                    let path = Path.key(member.key, of: place.path)
                    guard let metric = Metric(rawValue: member.key) else {
                        let remedy = remedy(for: member.key, among: names)
                        problems.append(
                            Problem(
                                "unknown metric", at: member.keyPosition, path: path.description, remedy: remedy))
                        continue
                    }
                    let place = Place(member.value, path: path)
                    guard let settings = bound.read(place, &problems) else { continue }
                    settings.checkRange(of: metric, at: place, &problems)
                    bounds.append(
                        Bound(
                            metric: metric, min: settings.min, max: settings.max, confidence: settings.confidence,
                            baseline: settings.baseline.map { Baseline(run: $0, tolerance: settings.tolerance) }))
                }
                return problems.count == before ? Expectations(bounds: bounds) : nil
            },
            write: { expectations in
                JSON(
                    .object(
                        expectations.bounds.map {
                            JSON.Member(
                                $0.metric.rawValue,
                                BoundSettings(
                                    min: $0.min, max: $0.max, confidence: $0.confidence, baseline: $0.baseline?.run,
                                    tolerance: $0.baseline?.tolerance ?? 0
                                ).json)
                        }))
            })
    }
}

/// `{ "min": 0.98 }`
private struct BoundSettings: Described {
    var min: Double?
    var max: Double?
    var confidence: Double?
    var baseline: String?
    var tolerance = 0.0

    static let name = "bounds"
    static let summary = "The least and the greatest value that is met."
    static var fields: [Field<BoundSettings>] {
        [
            .optional("min", \.min, in: 0..., "the least value that is met; null for none"),
            .optional("max", \.max, in: 0..., "the greatest value that is met; null for none"),
            .optional(
                "confidence", \.confidence, as: Double.format(in: 0.5..<1).orNull,
                "how sure the mean over repeats must be to keep the bounds; null for the plain value"),
            .optional(
                "baseline", \.baseline,
                "the directory of a finished run, whose figure is the worst that is met; null for none"),
            .optional("tolerance", \.tolerance, in: 0..., "how much worse than the baseline is met, too"),
        ]
    }

    func check(at place: Place, _ problems: inout Problems) {
        if baseline == nil, tolerance > 0 {
            problems.append(place.problem(at: "tolerance", "there is no \"baseline\" that it could be about"))
        }
        if min == nil, max == nil, baseline == nil {
            problems.append(place.problem("neither \"min\" nor \"max\" nor \"baseline\" is given"))
        } else if let min, let max, min > max {
            problems.append(place.problem(at: "max", "no value is at least \(min) and at most \(max)"))
        }
    }

    /// An accuracy above 1 is a percentage, which no run would ever reach.
    func checkRange(of metric: Metric, at place: Place, _ problems: inout Problems) {
        guard metric.isAccuracy else { return }
        for (key, value) in [("min", min), ("max", max)] {
            guard let value, value > 1 else { continue }
            let remedy = "98 % is written 0.98"
            problems.append(place.problem(at: key, "an accuracy is a part from 0 to 1", remedy: remedy))
        }
    }
}
