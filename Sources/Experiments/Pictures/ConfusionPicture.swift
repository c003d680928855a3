import Reporting
import Schema

/// What a model took test images for: `confusion.svg`.
package struct ConfusionPicture: Sendable {
    package var name: String
    /// Rows are true classes, columns predicted ones.
    package var counts: [[Int]]
    package var classes: [String]

    package init(name: String, counts: [[Int]], classes: [String]) {
        self.name = name
        self.counts = counts
        self.classes = classes
    }

    /// Reads `confusion.csv`.
    package init(name: String, _ table: CSV) throws(Problem) {
        let classes = Array(table.header.dropFirst())
        var counts: [[Int]] = []
        for (index, row) in table.rows.enumerated() {
            let numbers = row.dropFirst().map { Int($0) }
            guard numbers.count == classes.count, numbers.allSatisfy({ $0 ?? -1 >= 0 }) else {
                throw Problem("row \(index + 1) of the confusion matrix: expected \(classes.count) counts")
            }
            counts.append(numbers.compactMap(\.self))
        }
        guard counts.count == classes.count else {
            throw Problem("the confusion matrix has \(counts.count) rows for \(classes.count) classes")
        }
        self.init(name: name, counts: counts, classes: classes)
    }

    package var plot: Plot {
        let map = HeatMap(
            rows: HeatMap.Side("true class", classes), columns: HeatMap.Side("predicted class", classes),
            values: counts.map { $0.map(Double.init) }, diagonalStandsApart: true, isSquare: true
        ) { $0 == 0 ? "" : significant($0, digits: 12) }
        return Plot(
            name, subtitle: summary, [map], columns: 1, width: classes.count > 12 ? 720 : 560,
            notes: ["Right answers are blue, mistakes orange, each by its own scale; empty cells are zero."])
    }

    private var summary: String {
        // Counts of a foreign file may be too large to be added.
        let right = counts.indices.reduce(0.0) { $0 + Double(counts[$1][$1]) }
        let all = counts.joined().reduce(0.0) { $0 + Double($1) }
        guard all > 0 else { return "no test images" }
        let images = all < 1e15 ? grouped(Int(all)) : significant(all, digits: 4)
        return "\(images) test images, \(percent(right / all)) classified correctly"
    }
}
