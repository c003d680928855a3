import Schema

/// Which groups of a sweep are meant: those that have one of these combinations of settings, or all.
///
/// An object names settings by their paths, an array several such objects.
package struct GroupChoice: Sendable, Equatable {
    /// No combination means all groups.
    private(set) var combinations: [SweepChoice] = []

    static let all = GroupChoice()

    /// Whether a group with these values is meant.
    func contains(_ values: [JSON.Member]) -> Bool {
        combinations.isEmpty
            || combinations.contains { combination in
                combination.allSatisfy { setting in
                    values.contains { $0.key == setting.path && $0.value.isSame(as: setting.value) }
                }
            }
    }

    /// The settings that it names.
    var paths: Set<String> { Set(combinations.joined().map(\.path)) }
}

extension GroupChoice: Setting {
    package static var format: Format<GroupChoice> {
        let one = Format<SweepChoice>.byPath(JSON.format)
        let many = Format<[SweepChoice]>.list(of: one, count: 1...)
        return Format(
            expecting: "\(one.expectation), or an array of such objects",
            schema: { definitions in ["anyOf": [one.schema(&definitions), many.schema(&definitions)]] },
            read: { place, problems in
                let isMany = place.json.elements != nil
                let combinations = isMany ? many.read(place, &problems) : one.read(place, &problems).map { [$0] }
                return combinations.map { GroupChoice(combinations: $0) }
            },
            write: { choice in
                choice.combinations.count == 1 ? one.write(choice.combinations[0]) : many.write(choice.combinations)
            })
    }
}
