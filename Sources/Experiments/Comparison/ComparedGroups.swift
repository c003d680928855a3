import Schema

/// The groups of repeats that compared sweeps consist of, and how far they lie apart.
package struct ComparedGroups: Sendable {
    /// A group under the name that it is shown by.
    package struct Named: Sendable {
        /// The sweep's short name, the values that vary, or both; as much as tells it from the others.
        package let name: String
        /// The sweep's, as the user wrote it.
        package let directory: String
        /// Its trials.
        package let group: TrialGroup
    }

    /// Two groups to be tested against each other, by their places among the groups.
    package struct Pair: Sendable, Equatable {
        /// The one that differences are taken from.
        package let first: Int
        /// The one that is subtracted.
        package let second: Int
    }

    /// In the order of the sweeps, and within a sweep in its own.
    package let groups: [Named]

    /// Those between which there is a question: two groups in all, the same values in two sweeps, or any group and the one that was
    /// chosen for all.
    ///
    /// Not every group with every other, for among many differences chance alone makes some that look like none of its.
    package private(set) var pairs: [Pair]

    /// The group that all others are compared with, where that was asked for.
    private(set) var base: Int?

    /// The order in which they are shown, by their places.
    var order: [Int]

    /// Sweeps and their short names.
    init(_ sweeps: [SavedSweep], names: [String]) {
        let valueNames = ValueNames(sweeps.flatMap(\.settings))
        let found = zip(sweeps, names).map { sweep, name in
            TrialGroup.groups(of: sweep.trials, among: valueNames).map { group in
                let words = [sweeps.count > 1 || group.label.isEmpty ? name : "", group.label]
                return Named(
                    name: words.filter { !$0.isEmpty }.joined(separator: ", "), directory: sweep.directory, group: group
                )
            }
        }
        let all = found.flatMap(\.self)
        groups = all
        order = Array(all.indices)
        if all.count == 2 {
            pairs = [Pair(first: 0, second: 1)]
        } else if found.count == 2 {
            pairs = found[0].indices.flatMap { first in
                found[1].indices.filter { found[1][$0].group.hasSameValues(as: found[0][first].group) }
                    .map { Pair(first: first, second: found[0].count + $0) }
            }
        } else {
            pairs = []
        }
    }

    /// Compares all others with one group, which is known by its name, its values or its variable.
    mutating func compareAll(against word: String) throws(Problem) {
        let found = groups.indices.filter { groups[$0].answers(to: word) }
        guard let base = found.first, found.count == 1 else {
            let known = (found.isEmpty ? Array(groups.indices) : found).map { groups[$0].name }
            let others = found.isEmpty ? known + groups.map(\.shortName) : []
            let meant = suggestion(for: word, among: others).map { "did you mean \(quoted($0))?" }
            throw Problem(
                found.isEmpty
                    ? "there is no group \(quoted(word))" : "\(found.count) groups are called \(quoted(word))",
                remedy: meant ?? "known: \(shortened(known).joined(separator: "; "))")
        }
        self.base = base
        pairs = groups.indices.filter { $0 != base }.map { Pair(first: $0, second: base) }
    }

    /// The figures that any of the groups has.
    package var metrics: [Metric] {
        Metric.allCases.filter { metric in groups.contains { $0.group.sample(metric).count > 0 } }
    }

    /// A pair on one figure; nil where one of the two lacks it.
    package func comparison(_ pair: Pair, on metric: Metric) -> GroupComparison? {
        groups[pair.first].group.compared(with: groups[pair.second].group, on: metric)
    }
}

extension ComparedGroups.Named {
    /// The values alone, variables without their dollar sign: `everything`, `[256], 0.3`.
    fileprivate var shortName: String { group.words.map(withoutSign).joined(separator: ", ") }

    fileprivate func answers(to word: String) -> Bool { [name, group.label, shortName].contains(word) }
}

extension TrialGroup {
    /// Whether the groups of two sweeps have in common what varies within either.
    fileprivate func hasSameValues(as other: TrialGroup) -> Bool {
        values.sorted { $0.key < $1.key } == other.values.sorted { $0.key < $1.key }
    }
}
