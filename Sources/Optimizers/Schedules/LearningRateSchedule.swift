import Schema

/// A learning rate for every step: a pure function, so that a resumed run needs only the number of its step.
package protocol LearningRateSchedule: Sendable {
    /// The rate of a step, counted from zero.
    func rate(at step: Int) -> Double
}

/// The same rate in every step: what a plain number in a config stands for.
package struct ConstantRate: LearningRateSchedule, Equatable {
    let rate: Double

    package init(_ rate: Double) { self.rate = rate }

    package func rate(at step: Int) -> Double { rate }
}

extension Format where Value == any LearningRateSchedule {
    /// A number, or one of the schedules.
    package static var learningRate: Format {
        let number = Double.format(in: 0...)
        let schedule = schedules.format
        let expectation = "\(number.expectation), or a schedule: \(schedule.expectation)"
        return Format(
            expecting: expectation,
            schema: { definitions in ["anyOf": [number.schema(&definitions), schedule.schema(&definitions)]] },
            read: { place, problems in
                switch place.json.content {
                case .object: return schedule.read(place, &problems)
                case .integer, .number: return number.read(place, &problems).map { ConstantRate($0) }
                default:
                    problems.append(place.mismatch(expectation))
                    return nil
                }
            },
            write: { ($0 as? ConstantRate).map { number.write($0.rate) } ?? schedule.write($0) })
    }

    /// All schedules; a new one is a file of its own and a word here.
    package static var schedules: Family<any LearningRateSchedule> {
        Family(
            "schedule",
            [
                ExponentialDecay.self, PiecewiseConstantDecay.self, PolynomialDecay.self, CosineDecay.self,
                CosineDecayRestarts.self, OneCycle.self, LinearWarmup.self,
            ])
    }
}
