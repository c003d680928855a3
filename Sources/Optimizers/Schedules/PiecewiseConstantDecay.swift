import Schema

package struct PiecewiseConstantDecay: LearningRateSchedule, Described {
    var boundaries: [Int] = []
    var values = [0.0]

    package init() {}

    package static let name = "PiecewiseConstantDecay"
    package static let summary = "One rate up to and including the first boundary, another up to the second, and so on."
    package static var fields: [Field<PiecewiseConstantDecay>] {
        [
            .required("boundaries", \.boundaries, in: 0..., "the last step of each rate but the last, rising"),
            .required("values", \.values, in: 0..., "the rates, one more than there are boundaries"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        if values.count != boundaries.count + 1 {
            let remedy = "\(boundaries.count) boundaries separate \(boundaries.count + 1) values"
            problems.append(place.problem(at: "values", "found \(values.count) values", remedy: remedy))
        }
        if zip(boundaries, boundaries.dropFirst()).contains(where: { $0 >= $1 }) {
            problems.append(place.problem(at: "boundaries", "the boundaries do not rise"))
        }
    }

    package func rate(at step: Int) -> Double {
        values[boundaries.firstIndex { step <= $0 } ?? boundaries.count]
    }
}
