import Foundation
import Kernels
import Reporting
import Schema
import Tensors

/// `{ "samples": 20, "training.optimizer.learning_rate": { "min": 1e-4, "max": 0.1, "log": true }, "let.drop": [0.2, 0.5] }`
package struct RandomSamples: Sendable {
    /// How many.
    package var samples = 1
    /// What is drawn, independently of each other.
    package var axes: [AtPath<RandomAxis>] = []

    /// The values of one sample: a function of the seed, the path and the sample's number, whatever else is drawn.
    func sample(_ index: Int, seed: Int) -> SweepChoice {
        axes.map { axis in
            let source = RandomSource(seed: UInt64(seed), purpose: "sweep \(axis.path)")
            let value = axis.value.value(at: source.uniform(at: index)).moved(to: axis.position)
            return AtPath(path: axis.path, position: axis.position, value: value)
        }
    }
}

/// What a drawn value may be.
package enum RandomAxis: Sendable {
    /// One of these, each as likely as the others.
    case choices([JSON])
    /// A number between two bounds, which both are possible; whole if both bounds are.
    case range(min: Double, max: Double, isLogarithmic: Bool, isWhole: Bool)

    /// The value that belongs to a uniform number from 0 to below 1.
    func value(at uniform: Double) -> JSON {
        switch self {
        case .choices(let choices):
            return choices[min(Int(uniform * Double(choices.count)), choices.count - 1)]
        case .range(let least, let most, let isLogarithmic, let isWhole):
            // So that the least and the greatest whole number are as likely as the others.
            let (low, high) = isWhole ? (least - 0.5, most + 0.5) : (least, most)
            var number = low + uniform * (high - low)
            if isLogarithmic {
                let low = isWhole ? max(low, least / 2) : low
                number = low * power(high / low, uniform)
            }
            if isWhole { return JSON(.integer(Int(min(max(number.rounded(), least), most)))) }
            // A few digits are as good as sixteen, can be read, and hide how the last ones were rounded.
            let short = Double(significant(number, digits: Self.digits(from: least, to: most))) ?? number
            return JSON(.number(min(max(short, least), most)))
        }
    }
}

extension RandomAxis {
    /// Four, and as many more as leave a thousand numbers between the bounds.
    fileprivate static func digits(from least: Double, to most: Double) -> Int {
        guard most > least else { return 4 }
        // Numbers below a power of ten begin one place later.
        let exponent = log10(max(abs(least), abs(most))).rounded(.up) - 1
        return min(max(4, Int((exponent + 4 - log10(most - least)).rounded(.up))), 15)
    }
}

extension RandomSamples: Setting {
    package static var format: Format<RandomSamples> {
        let count = Int.format(in: 1...SweepSettings.mostTrials)
        let axes = Format<[AtPath<RandomAxis>]>.byPath(RandomAxis.format, except: ["samples"])
        let expectation = "an object with \"samples\" and a path of the config for each other key"
        return Format(
            expecting: expectation,
            schema: { definitions in
                [
                    "type": "object", "required": ["samples"],
                    "properties": ["samples": count.schema(&definitions)],
                    "additionalProperties": RandomAxis.format.schema(&definitions),
                ]
            },
            read: { place, problems in
                guard place.json.members != nil else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                guard let samples = place["samples"] else {
                    problems.append(
                        place.problem("missing key \"samples\"", remedy: "it says how often values are drawn"))
                    return nil
                }
                let drawn = axes.read(place, &problems)
                guard let number = count.read(samples, &problems), let drawn else { return nil }
                if drawn.isEmpty {
                    problems.append(place.problem("nothing is drawn", remedy: "name a path and its range"))
                }
                return drawn.isEmpty ? nil : RandomSamples(samples: number, axes: drawn)
            },
            write: { random in
                let members = axes.write(random.axes).members ?? []
                return JSON(.object([.init("samples", JSON(random.samples))] + members))
            })
    }
}

extension RandomAxis: Setting {
    package static var format: Format<RandomAxis> {
        let choices = Format<[JSON]>.distinctValues
        let range = DrawnRange.format
        return Format(
            expecting: "an array of values, or an object with \"min\" and \"max\"",
            schema: { definitions in ["anyOf": [choices.schema(&definitions), range.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil { return choices.read(place, &problems).map(RandomAxis.choices) }
                guard place.json.members != nil else {
                    problems.append(place.mismatch("an array of values, or an object with \"min\" and \"max\""))
                    return nil
                }
                return range.read(place, &problems).map { settings in
                    .range(
                        min: settings.min, max: settings.max, isLogarithmic: settings.log,
                        isWhole: ["min", "max"].allSatisfy { place[$0].flatMap { try? Int(from: $0.json) } != nil })
                }
            },
            write: { axis in
                switch axis {
                case .choices(let values): return JSON(.array(values))
                case .range(let least, let most, let isLogarithmic, let isWhole):
                    func bound(_ value: Double) -> JSON { JSON(isWhole ? .integer(Int(value)) : .number(value)) }
                    return ["min": bound(least), "max": bound(most), "log": JSON(isLogarithmic)]
                }
            })
    }
}

/// `{ "min": 1e-4, "max": 0.1, "log": true }`
private struct DrawnRange: Described {
    var min = 0.0
    var max = 0.0
    var log = false

    static let name = "sweep.range"
    static let summary = "A number that is drawn: whole if both bounds are written so."
    static var fields: [Field<DrawnRange>] {
        [
            .required("min", \.min, in: -1e15...1e15, "the least number"),
            .required("max", \.max, in: -1e15...1e15, "the greatest number"),
            .optional("log", \.log, "whether every order of magnitude is as likely as the others"),
        ]
    }

    func check(at place: Place, _ problems: inout Problems) {
        if max < min {
            problems.append(place.problem(at: "max", "no number is at least \(min) and at most \(max)"))
        } else if log, min <= 0 {
            problems.append(
                place.problem(at: "min", "there is no logarithm of \(min)", remedy: "a range with log begins above 0"))
        }
    }
}
