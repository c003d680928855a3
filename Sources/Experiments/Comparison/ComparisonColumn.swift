import Reporting
import Schema

/// One thing that runs are compared by, with a value for every run.
package struct ComparisonColumn: Sendable {
    /// Which values come first when rows are sorted.
    package enum Direction: Sendable {
        case ascending, descending
    }

    /// Its name in CSV and JSON and for `--sort`.
    package let key: String

    /// Its name in tables, where room is dear.
    package let title: String

    /// Whether tables set it to the right.
    package let isNumber: Bool

    /// Whether people are shown it.
    package let isInTable: Bool

    /// Exact, as programs want them; nil where unknown.
    package private(set) var values: [JSON?]

    /// Rounded, as people want them.
    package private(set) var texts: [String]

    private let direction: Direction

    init(
        _ key: String, _ title: String, _ direction: Direction = .ascending, isNumber: Bool = false,
        isInTable: Bool = true, values: [JSON?], texts: [String]? = nil
    ) {
        self.key = key
        self.title = title
        self.isNumber = isNumber
        self.isInTable = isInTable
        self.values = values
        self.texts = texts ?? values.map(brief)
        self.direction = direction
    }

    /// Whether there is no value for any run.
    package var isEmpty: Bool { values.allSatisfy { $0?.isNull ?? true } }

    /// The same for runs in another order.
    func reordered(_ order: [Int]) -> ComparisonColumn {
        var result = self
        result.values = order.map { values[$0] }
        result.texts = order.map { texts[$0] }
        return result
    }

    /// The runs from the first to the last by this column; equals keep their order, and what has no value comes last.
    var order: [Int] {
        values.indices.sorted { a, b in
            switch (values[a]?.rank, values[b]?.rank) {
            case (let first?, let second?) where first != second:
                direction == .ascending ? first < second : second < first
            case (_?, nil): true
            case (nil, _?): false
            default: a < b
            }
        }
    }
}

/// What a value is sorted by: numbers come before words.
private enum Rank: Comparable {
    case number(Double)
    case word(String)
}

extension JSON {
    fileprivate var rank: Rank? {
        switch content {
        case .null: nil
        case .integer(let integer): .number(Double(integer))
        case .number(let number): number.isFinite ? .number(number) : nil
        case .string(let text): .word(text)
        default: .word(compact)
        }
    }
}
