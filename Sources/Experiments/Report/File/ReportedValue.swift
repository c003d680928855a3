import Schema

/// What a report says of a figure: `0.9734`, `[0.9388, 0.9406]` for several, or `{ "min": 0.98 }`.
package enum ReportedValue: Sendable, Equatable {
    /// At least one; more where it tells of several runs at once.
    case values([Double])
    /// No more than that it was above or below something.
    case bounds(min: Double?, max: Double?)
}

extension ReportedValue: Setting {
    package static var format: Format<ReportedValue> {
        let expectation = "a number, an array of numbers, or an object with \"min\" or \"max\""
        let list = Format<[Double]>.list(of: Double.format(in: 0...), count: 2...)
        return Format(
            expecting: expectation,
            schema: { definitions in
                ["anyOf": [["type": "number"], list.schema(&definitions), ReportedBounds.format.schema(&definitions)]]
            },
            read: { place, problems in
                switch place.json.content {
                case .integer, .number: return Double.format(in: 0...).read(place, &problems).map { .values([$0]) }
                case .array: return list.read(place, &problems).map { .values($0) }
                case .object:
                    return ReportedBounds.format.read(place, &problems).map { .bounds(min: $0.min, max: $0.max) }
                default:
                    problems.append(place.mismatch(expectation))
                    return nil
                }
            },
            write: { value in
                switch value {
                case .values(let values): values.count == 1 ? JSON(values[0]) : JSON(values)
                case .bounds(let min, let max): ReportedBounds(min: min, max: max).json
                }
            })
    }

    /// The greatest number in it.
    fileprivate var greatest: Double {
        switch self {
        case .values(let values): values.max() ?? 0
        case .bounds(let min, let max): max ?? min ?? 0
        }
    }
}

/// `{ "min": 0.98 }`
private struct ReportedBounds: Described {
    var min: Double?
    var max: Double?

    static let name = "reported bounds"
    static let summary = "What a figure was said to be above or below."
    static var fields: [Field<ReportedBounds>] {
        [
            .optional("min", \.min, in: 0..., "the least value"),
            .optional("max", \.max, in: 0..., "the greatest value"),
        ]
    }

    func check(at place: Place, _ problems: inout Problems) {
        if min == nil, max == nil { problems.append(place.problem("neither \"min\" nor \"max\" is given")) }
    }
}

/// A figure with what was said of it.
package struct ReportedFigure: Sendable, Equatable {
    package let figure: Figure
    /// What a report says that it is.
    package let value: ReportedValue

    /// An object with a key for each figure, in the order in which they are shown.
    static var list: Format<[ReportedFigure]> {
        let expectation = "an object with a figure for each key, such as \"val_accuracy\" or \"loss@1\""
        return Format(
            expecting: expectation,
            schema: { definitions in
                ["type": "object", "additionalProperties": ReportedValue.format.schema(&definitions)]
            },
            read: { place, problems in
                guard let members = place.json.members else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                let before = problems.count
                let figures = members.compactMap { ReportedFigure($0, in: place, &problems) }
                return problems.count == before ? figures : nil
            },
            write: { figures in JSON(.object(figures.map { JSON.Member($0.figure.name, $0.value.json) })) })
    }

    private init?(_ member: JSON.Member, in place: Place, _ problems: inout Problems) {
        let path = Path.key(member.key, of: place.path)
        do {
            figure = try Figure(parsing: member.key)
        } catch {
            problems.append(
                Problem(error.message, at: member.keyPosition, path: path.description, remedy: error.remedy))
            return nil
        }
        let place = Place(member.value, path: path)
        guard let value = ReportedValue.format.read(place, &problems) else { return nil }
        self.value = value
        if figure.quantity.isAccuracy, value.greatest > 1 {
            problems.append(place.problem("an accuracy is at most 1", remedy: "write 0.98 for 98 %"))
            return nil
        }
    }
}
