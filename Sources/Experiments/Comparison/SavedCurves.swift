import Reporting
import Schema

/// Loss and accuracy of every epoch.
package struct SavedCurves: Sendable, Equatable {
    /// One series of figures: an epoch each.
    package struct Series: Sendable, Equatable {
        package var loss: [Double] = []
        package var accuracy: [Double] = []
    }

    /// Measured while learning.
    package var training = Series()

    /// Measured on images that were held back; nil without any.
    package var validation: Series?

    /// None yet.
    package init() {}

    /// Reads `curves.csv`.
    package init(_ table: CSV) throws(Problem) {
        training.loss = try table.numbers(in: "loss")
        training.accuracy = try table.numbers(in: "accuracy")
        if table[column: "val_loss"] != nil {
            validation = Series()
            validation?.loss = try table.numbers(in: "val_loss")
            validation?.accuracy = try table.numbers(in: "val_accuracy")
        }
    }

    /// As many as have ended.
    package var epochs: Int { training.loss.count }

    /// Whether images were held back.
    package var isValidated: Bool { validation != nil }

    /// What tells more about a model: the held-back images if there are any.
    package var decisive: Series { validation ?? training }
}

/// A series without its noise, as TensorBoard draws it: a mean that forgets, corrected for having begun at zero.
///
/// The `weight` is that of the past; 0 leaves the series as it is. What is not finite is passed over.
package func smoothed(_ values: [Double], weight: Double) -> [Double] {
    var sum = 0.0
    var total = 0.0
    return values.map { value in
        guard value.isFinite else { return value }
        sum = sum * weight + value * (1 - weight)
        total = total * weight + (1 - weight)
        return sum / total
    }
}

extension CSV {
    /// The numbers of a column that must be there.
    func numbers(in column: String) throws(Problem) -> [Double] {
        guard let cells = self[column: column] else {
            throw Problem("the table has no column \(quoted(column))")
        }
        var numbers: [Double] = []
        for (row, cell) in cells.enumerated() {
            guard let number = Double(cell) else {
                throw Problem("row \(row + 1) of \(quoted(column)): expected a number, found \(quoted(cell))")
            }
            numbers.append(number)
        }
        return numbers
    }
}
