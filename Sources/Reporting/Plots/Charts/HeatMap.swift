/// Numbers in rows and columns, as colours and, where there is room, as texts.
///
///     HeatMap("confusion", rows: HeatMap.Side("true class", names), columns: HeatMap.Side("predicted class", names),
///             values: counts, diagonalStandsApart: true) { "\(Int($0))" }
package struct HeatMap: PlotPanel {
    /// The names along one side, and what they are.
    package struct Side: Sendable {
        package var label: String
        package var names: [String]

        package init(_ label: String, _ names: [String]) {
            self.label = label
            self.names = names
        }
    }

    package var title: String
    package var rows: Side
    package var columns: Side
    /// By row; what is not finite leaves its cell without colour.
    package var values: [[Double]]
    /// What stands in a cell, unless cells are too small.
    package var text: @Sendable (Double) -> String
    package var ramp: ColorRamp
    /// What the ends of the ramp stand for; nil for the smallest and the largest value.
    package var range: ClosedRange<Double>?
    /// Whether the diagonal keeps the ramp to itself, and the other cells have another hue and range: few mistakes among many
    /// right answers would else be invisible.
    package var diagonalStandsApart: Bool
    /// Whether cells are as high as wide.
    package var isSquare: Bool

    package init(
        _ title: String = "", rows: Side, columns: Side, values: [[Double]], ramp: ColorRamp = .blue,
        range: ClosedRange<Double>? = nil, diagonalStandsApart: Bool = false, isSquare: Bool = false,
        text: @escaping @Sendable (Double) -> String = { significant($0, digits: 4) }
    ) {
        self.title = title
        self.rows = rows
        self.columns = columns
        self.values = values
        self.text = text
        self.ramp = ramp
        self.range = range
        self.diagonalStandsApart = diagonalStandsApart
        self.isSquare = isSquare
    }

    package var notes: [String] {
        let missing = cells.count { !$0.value.isFinite }
        return missing == 0 ? [] : ["Cells without colour have no value."]
    }

    struct Cell {
        var row: Int
        var column: Int
        var value: Double
    }

    var cells: [Cell] {
        rows.names.indices.flatMap { row in
            columns.names.indices.map { column in
                let value = row < values.count && column < values[row].count ? values[row][column] : .nan
                return Cell(row: row, column: column, value: value)
            }
        }
    }

    /// The colours of all cells: a ramp and the share of it; nil without a value.
    func colors(_ cells: [Cell]) -> [(ramp: ColorRamp, share: Double)?] {
        let own = extent(cells.filter { !diagonalStandsApart || $0.row == $0.column }.map(\.value))
        let others = diagonalStandsApart ? extent(cells.filter { $0.row != $0.column }.map(\.value)) : own
        return cells.map { cell in
            guard cell.value.isFinite else { return nil }
            let isOther = diagonalStandsApart && cell.row != cell.column
            let extent = isOther ? others : own
            let size = extent.upperBound - extent.lowerBound
            let share = size > 0 && size.isFinite ? (cell.value - extent.lowerBound) / size : 0.5
            return (isOther ? .orange : ramp, min(1, max(0, share)))
        }
    }

    func extent(_ values: [Double]) -> ClosedRange<Double> {
        if let range { return range }
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return 0...1 }
        // Counts are compared with nothing at all.
        return diagonalStandsApart ? min(0, low)...max(0, high) : low...high
    }
}
