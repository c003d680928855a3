import Schema

/// One run of a sweep: what varies, and what it is called.
package struct SweepTrial: Sendable, Equatable {
    /// Its folder's name, which says what varies.
    package var name = ""
    /// What it is known by: its config, its data and the tool's results.
    package var digest = ""
    /// What is varied, in the order of the sweep.
    package let values: SweepChoice
    /// Where its randomness comes from.
    package let seed: Int
    /// The part that validates; nil without folds.
    package let fold: Int?
    /// Trials with the same values belong together, whatever their seed and fold.
    package let group: Int

    /// The value at a path, if the trial has one.
    package func value(at path: String) -> JSON? { values.first { $0.path == path }?.value }

    /// As `sweep.json` and `trial.json` hold it.
    var json: JSON {
        [
            "name": JSON(name), "digest": JSON(digest), "values": Format.byPath(JSON.format).write(values),
            "seed": JSON(seed), "fold": JSON(fold), "group": JSON(group),
        ]
    }

    init(values: SweepChoice, seed: Int, fold: Int?, group: Int) {
        self.values = values
        self.seed = seed
        self.fold = fold
        self.group = group
    }

    /// One that was written before.
    init(from place: Place, _ problems: inout Problems) {
        func value<Value>(_ key: String, _ format: Format<Value>) -> Value? {
            if let place = place[key] { return format.read(place, &problems) }
            problems.append(place.problem("missing key \(quoted(key))"))
            return nil
        }
        values = value("values", .byPath(JSON.format)) ?? []
        seed = value("seed", Int.format) ?? 0
        fold = value("fold", Int.format.orNull) ?? nil
        group = value("group", .group) ?? 0
        name = value("name", .nameInFolder) ?? ""
        digest = value("digest", .nameInFolder) ?? ""
    }
}

extension Format where Value == Int {
    /// The number of a group of repeats.
    static var group: Format<Int> { Int.format(in: 0..<SweepSettings.mostTrials) }
}

extension Format where Value == String {
    /// A name of something within a folder, which leads to no other place.
    static var nameInFolder: Format<String> {
        let text = String.format
        return Format(
            expecting: "a name within a folder", schema: text.schema,
            read: { place, problems in
                guard let name = text.read(place, &problems) else { return nil }
                guard name.isEmpty || name.hasPrefix(".") || name.contains("/") || name.contains("\0") else {
                    return name
                }
                problems.append(place.problem("\(quoted(name)) is no name within a folder"))
                return nil
            }, write: text.write)
    }
}

/// A trial with all that is needed to run it.
package struct PlannedTrial: Sendable {
    /// What it is called.
    package var trial: SweepTrial
    /// What is trained. Expectations are held to a sweep's means, so a single trial has none.
    package let config: ResolvedConfig

    /// What decides its result, apart from the data: two trials with the same are one.
    var identity: String { config.json.compact }
}
