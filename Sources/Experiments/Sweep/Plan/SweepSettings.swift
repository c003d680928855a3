import Schema

/// Many runs from one config: what varies between them, how often each is repeated, and how hopeless ones are stopped.
///
/// Trials are all combinations of the grid's values, the list's entries and the random samples. The values are JSON as
/// written, for each is put into the config before variables are.
package struct SweepSettings: Described {
    /// Every combination of these values is tried.
    package var grid: [AtPath<[JSON]>] = []
    /// Values that belong together, an entry at a time.
    package var list: [SweepChoice] = []
    /// Values that are drawn.
    package var random: RandomSamples?
    /// Combinations that hold all values of one of these are left out.
    package var exclude: [SweepChoice] = []
    /// Seeds count up from the config's.
    package var repeats = 1
    /// Parts of the training images, each of which validates once; nil leaves the validation as it is.
    package var folds: Int?
    /// Nil trains all repeats.
    package var until: Until?
    /// Nil trains everything to its end.
    package var halving: Halving?

    /// One trial: the config itself.
    package init() {}

    package static let name = "sweep"
    package static let summary =
        "Many runs from one config: all combinations of what varies, repeated by seeds and folds."
    package static var fields: [Field<SweepSettings>] {
        [
            .optional("grid", \.grid, as: .byPath(.distinctValues), "values by path; every combination is tried"),
            .optional(
                "list", \.list, as: .list(of: .byPath(JSON.format), count: ...mostTrials),
                "values that belong together, by path"),
            .optional("random", \.random, "values that are drawn, and how often"),
            .optional(
                "exclude", \.exclude, as: .list(of: .byPath(JSON.format), count: ...mostTrials),
                "combinations that are left out"),
            .optional(
                "repeats", \.repeats, in: 1...1000, "how often each combination is trained: with the seed, seed + 1, …"),
            .optional(
                "folds", \.folds, in: 2...1000, "cross-validation: so many equal parts, each of which validates once"),
            .optional("until", \.until, "adds repeats only until means are known well enough; null for all repeats"),
            .optional("halving", \.halving, "stops the worse combinations early; null for none"),
        ]
    }

    /// The most trials that a sweep may have: more than anyone waits for, fewer than exhaust the memory.
    package static let mostTrials = 10_000

    /// What is varied, in the order of columns; nothing twice.
    package var paths: [String] {
        var paths: [String] = []
        for path in grid.map(\.path) + list.flatMap({ $0.map(\.path) }) + (random?.axes.map(\.path) ?? [])
        where !paths.contains(path) { paths.append(path) }
        return paths
    }

    package func check(at place: Place, _ problems: inout Problems) {
        checkAxes(&problems)
        checkExclusions(&problems)
        checkUntil(at: place, &problems)
        if repeats > 1, paths.contains("seed") {
            problems.append(place.problem(at: "repeats", "the seed varies already", remedy: "leave out repeats"))
        }
        if folds != nil, let path = paths.first(where: { $0.hasPrefix("dataset.validation") }) {
            problems.append(
                place.problem(at: "folds", "\(path) varies already, and folds replace it", remedy: "leave one out"))
        }
        let combinations = [grid.map(\.value.count), [max(list.count, 1)], [random?.samples ?? 1]].joined()
        var count = repeats * (folds ?? 1)
        for part in combinations { count = count.multipliedReportingOverflow(by: part).overflow ? .max : count * part }
        if count > Self.mostTrials {
            let total = count == .max ? "far" : "\(count) are"
            problems.append(
                place.problem(
                    "\(total) more than \(Self.mostTrials) trials", remedy: "vary less, or draw random samples"))
        }
    }

    /// A choice between repeats needs some, and no other choice at the same time.
    private func checkUntil(at place: Place, _ problems: inout Problems) {
        guard let until else { return }
        if repeats == 1, paths.contains("seed") {
            problems.append(
                place.problem(
                    at: "until", "until decides how many repeats there are, and the seed varies already",
                    remedy: "set sweep.repeats instead of seeds, or leave until out"))
        } else if repeats < until.minRepeats {
            problems.append(
                place.problem(
                    at: "until", "repeats is \(repeats), and until needs at least \(until.minRepeats) to decide",
                    remedy: "set sweep.repeats to the most that you would wait for, such as 20"))
        }
        let path = "dataset.validation.fold"
        if paths.contains(path) {
            problems.append(
                place.problem(
                    at: "until", "\(path) varies, and until would take its values for repeats",
                    remedy: "set sweep.folds instead, or leave until out"))
        }
        if halving != nil {
            problems.append(
                place.problem(at: "until", "until and halving exclude each other", remedy: "leave one out"))
        }
    }

    /// What two parts of a sweep set, only one of them would.
    private func checkAxes(_ problems: inout Problems) {
        var known = Set(grid.map(\.path))
        for entry in list {
            for value in entry where known.contains(value.path) {
                problems.append(value.problem("the grid varies this, too"))
            }
        }
        known.formUnion(list.flatMap { $0.map(\.path) })
        for axis in random?.axes ?? [] where known.contains(axis.path) {
            problems.append(axis.problem("another part of the sweep varies this, too"))
        }
    }

    /// An exclusion that can never match is a mistake.
    private func checkExclusions(_ problems: inout Problems) {
        for entry in exclude {
            for value in entry {
                guard paths.contains(value.path) else {
                    problems.append(
                        value.problem("nothing of this name varies", remedy: remedy(for: value.path, among: paths)))
                    continue
                }
                guard let values = listedValues(of: value.path), !values.contains(where: { $0.isSame(as: value.value) })
                else { continue }
                let known = "it has \(values.map(\.compact).joined(separator: ", "))"
                problems.append(
                    Problem(
                        "this never has the value \(value.value.compact)", at: value.value.position, path: value.path,
                        remedy: known))
            }
        }
    }

    /// All values that a path may have; nil where they are drawn from a range.
    private func listedValues(of path: String) -> [JSON]? {
        let drawn = random?.axes.first { $0.path == path }
        if let drawn { if case .choices(let choices) = drawn.value { return choices } else { return nil } }
        return grid.filter { $0.path == path }.flatMap(\.value)
            + list.flatMap { $0.filter { $0.path == path }.map(\.value) }
    }
}

/// Values by path that are put into a config together.
package typealias SweepChoice = [AtPath<JSON>]
