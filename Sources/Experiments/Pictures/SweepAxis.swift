import Foundation
import Reporting
import Schema

/// What varies in a sweep, with its value in every group.
struct SweepAxis {
    let path: String
    let title: String
    /// One for each group.
    let values: [JSON]
    /// The different values as they are called: numbers by size, others in the sweep's order.
    let names: [String]
    /// For each group the number of its value among the different ones.
    let ranks: [Int]
    /// The values as numbers; nil if one is none.
    private let numbers: [Double]?

    /// `words` are what each of the values is called.
    init(path: String, title: String, values: [JSON], words: [String]) {
        self.path = path
        self.title = title
        self.values = values
        let numbers = values.map(\.number)
        let areNumbers = numbers.allSatisfy { $0 != nil }
        self.numbers = areNumbers ? numbers.compactMap(\.self) : nil
        let whole = values.map(\.compact)
        var seen: Set<String> = []
        var different = whole.indices.filter { seen.insert(whole[$0]).inserted }
        if areNumbers { different.sort { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) } }
        let short = different.map { withoutSign(words[$0]) }
        names = (Set(short).count == short.count ? short : different.map { words[$0] }).map { displayable($0) }
        let rank = Dictionary(
            different.enumerated().map { (whole[$1], $0) }, uniquingKeysWith: { first, _ in first })
        ranks = whole.map { rank[$0] ?? 0 }
    }

    /// The axes of a sweep's groups along which there is more than one value.
    static func all(of groups: [TrialGroup]) -> [SweepAxis] {
        var seen: Set<String> = []
        let paths = groups.flatMap(\.values).map(\.key).filter { seen.insert($0).inserted }
        let titles = shortPathTitles(paths)
        return paths.map { path in
            let found = groups.map { group in zip(group.values, group.words).first { $0.0.key == path } }
            return SweepAxis(
                path: path, title: titles[path] ?? path, values: found.map { $0?.0.value ?? JSON(.null) },
                words: found.map { $0?.1 ?? absent })
        }.filter { $0.names.count > 1 }
    }

    /// Where each group's value lies.
    var places: [Double] { isContinuous ? numbers ?? [] : ranks.map(Double.init) }

    var axis: Axis { axis(isLabeled: true) }

    func axis(isLabeled: Bool) -> Axis {
        let label = isLabeled ? title : ""
        guard isContinuous, let numbers, let low = numbers.min(), let high = numbers.max() else {
            return Axis(label, scale: .categories(names))
        }
        // Values that are chosen by factors, as rates and sizes are, lie evenly on a logarithmic axis.
        return Axis(label, scale: low > 0 && high / low >= 20 ? .logarithmic : .linear)
    }

    /// Many different numbers have an axis of their own; of a few every one is named.
    private var isContinuous: Bool { numbers != nil && names.count > 8 }
}

extension JSON {
    fileprivate var number: Double? {
        switch content {
        case .integer(let value): Double(value)
        case .number(let value): value.isFinite ? value : nil
        default: nil
        }
    }
}
