import Reporting
import Schema

/// The confusion matrix with precision, recall and F1 of each class.
package struct ClassReport: Sendable, Equatable {
    /// Rows are true classes, columns predicted ones.
    package let confusion: [[Int]]
    let names: [String]

    package init(labels: [UInt8], predictions: [Int], names: [String], classes: Int) {
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (label, prediction) in zip(labels, predictions) { confusion[Int(label)][prediction] += 1 }
        self.confusion = confusion
        // A model may have more classes than the data set has names.
        self.names = (0..<classes).map { $0 < names.count ? names[$0] : "\($0)" }
    }

    /// The most that the matrix and the documents made of it take, as measured.
    static func bytes(classes: Int) -> Int { Int(min(128 * Double(classes) * Double(classes), 0x1p60)) }

    /// The metrics of one class; nil where they would divide by zero.
    struct Row {
        let label: String
        let precision: Double?
        let recall: Double?
        let f1: Double?
        let support: Int
    }

    var rows: [Row] {
        names.indices.map { index in
            let found = Double(confusion[index][index])
            let support = confusion[index].reduce(0, +)
            let predicted = confusion.reduce(0) { $0 + $1[index] }
            let precision = predicted == 0 ? nil : found / Double(predicted)
            let recall = support == 0 ? nil : found / Double(support)
            let f1 = support + predicted == 0 ? nil : 2 * found / Double(support + predicted)
            return Row(label: names[index], precision: precision, recall: recall, f1: f1, support: support)
        }
    }

    /// `per_class` of `result.json`.
    var json: JSON {
        JSON(
            .array(
                rows.map { row in
                    [
                        "label": JSON(row.label), "precision": JSON(row.precision), "recall": JSON(row.recall),
                        "f1": JSON(row.f1), "support": JSON(row.support),
                    ]
                }))
    }

    /// `confusion.csv`.
    var csv: String {
        CSV(header: ["true"] + names, rows: zip(names, confusion).map { [$0] + $1.map(String.init) }).text
    }

    /// Precision, recall and F1 as a table for people.
    package func table(width: Int?) -> String {
        TextTable(
            ["class", .right("precision"), .right("recall"), .right("f1"), .right("images")],
            rows: rows.map { row in
                [row.label] + [row.precision, row.recall, row.f1].map { $0.map { fixed($0, digits: 4) } ?? "–" }
                    + [grouped(row.support)]
            }
        ).text(width: width)
    }

    /// The confusion matrix for people; zeros are left blank, so that mistakes stand out.
    package func matrix(width: Int?) -> String {
        let labels = names.indices.map { "\($0)" }
        return TextTable(
            ["true \\ predicted"] + labels.map { TextTable.Column.right($0) },
            rows: names.indices.map { row in
                ["\(row) \(names[row] == "\(row)" ? "" : names[row])"]
                    + confusion[row].map { $0 == 0 ? "" : grouped($0) }
            }
        ).text(width: width)
    }
}
