import Foundation
import Schema

/// Runs side by side: a row each, and a column for everything that they may be compared by.
package struct Comparison: Sendable {
    /// In the order in which they are shown.
    package private(set) var runs: [SavedRun]

    /// What the runs are called, then what differs between them, then what came of it, the most telling figures first.
    package private(set) var columns: [ComparisonColumn]

    /// What sweeps among the directories consist of.
    package private(set) var groups: ComparedGroups

    /// What groups may be compared by, in the order in which they are shown.
    private(set) var groupColumns: [ComparisonColumn]

    /// The columns that come from configs.
    let settingKeys: Set<String>

    let smoothing: Double

    /// Compares runs; `smoothing` is the weight of the past in a curve's smoothed end, from 0 to below 1.
    package init(_ runs: [SavedRun], sweeps: [SavedSweep] = [], smoothing: Double = 0.6) {
        self.runs = runs
        self.smoothing = smoothing
        let names = shortNames(of: runs.map(\.directory))
        groups = ComparedGroups(sweeps, names: shortNames(of: sweeps.map(\.directory)))
        groupColumns = groups.columns
        let name = ComparisonColumn("name", "run", values: names.map { JSON(.string($0)) })
        let settings = differences(between: runs.map(\.config)).map { difference in
            ComparisonColumn(
                difference.path, difference.title, isNumber: difference.areNumbers,
                // People see them beside the epochs that were run.
                isInTable: difference.path != "training.epochs", values: difference.values, texts: difference.texts)
        }
        settingKeys = Set(settings.map(\.key))
        columns = [name] + settings + ComparisonColumn.figures(of: runs, smoothing: smoothing)
    }

    /// Compares all other groups with one.
    package mutating func compareGroups(against word: String) throws(Problem) { try groups.compareAll(against: word) }

    /// Puts runs, and groups of repeats, in the order of a column that they have: the best or the first on top and those
    /// without a value last.
    package mutating func sort(by word: String) throws(Problem) {
        let order = columns.order(by: word)
        let groupOrder = groupColumns.order(by: word)
        guard order != nil || groupOrder != nil else {
            let keys = (columns + groupColumns).map(\.key)
            let meant = suggestion(for: word, among: keys).map { "did you mean \(quoted($0))?" }
            throw Problem(
                "there is no column \(quoted(word)) in this comparison",
                remedy: meant ?? "known: \(keys.joined(separator: ", "))")
        }
        if let order {
            runs = order.map { runs[$0] }
            columns = columns.map { $0.reordered(order) }
        }
        if let groupOrder {
            groups.order = groupOrder.map { groups.order[$0] }
            groupColumns = groupColumns.map { $0.reordered(groupOrder) }
        }
    }
}

extension [ComparisonColumn] {
    /// The order of rows by a column, which is known by its key or its title; nil where there is none.
    fileprivate func order(by word: String) -> [Int]? {
        (first { $0.key == word } ?? first { $0.title == word })?.order
    }
}

extension ConfigDifference {
    /// Whether a table sets them to the right.
    fileprivate var areNumbers: Bool {
        values.allSatisfy { value in
            switch value?.content {
            case nil, .null, .integer, .number: true
            default: false
            }
        }
    }
}

/// The ends of paths, as short as tells them apart.
func shortNames(of directories: [String]) -> [String] {
    let paths = directories.map { URL(fileURLWithPath: $0).standardized.pathComponents }
    let longest = paths.map(\.count).max() ?? 1
    let count = (1...longest).first { count in Set(paths.map { $0.suffix(count) }).count == Set(paths).count }
    return paths.map { $0.suffix(count ?? longest).joined(separator: "/") }
}
