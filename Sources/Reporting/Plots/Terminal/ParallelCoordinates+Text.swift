extension ParallelCoordinates {
    /// The best lines as a table: crossing lines cannot be told apart in characters.
    package func lines(width: Int, options: TextOptions) -> [String] {
        guard let result = coordinates.last, !result.values.isEmpty else { return ["no data"] }
        let order = result.values.indices.filter { result.values[$0].isFinite }
            .sorted { first, second in
                let (a, b) = (result.values[first], result.values[second])
                return a == b ? first < second : isLowBest ? a < b : a > b
            }
        let shown = 10
        var table = TextTable(coordinates.map { TextTable.Column(options.shown($0.name), isRight: !$0.isCategorical) })
        table.rows = order.prefix(shown).map { line in coordinates.map { options.shown($0.text(line)) } }
        let more = order.count - shown
        return table.text(width: width).split(separator: "\n").map(String.init)
            + (more > 0 ? [options.style.dim("and \(grouped(more)) that are worse")] : [])
    }
}

extension ParallelCoordinates.Coordinate {
    fileprivate var isCategorical: Bool { if case .categories = axis.scale { true } else { false } }

    fileprivate func text(_ line: Int) -> String {
        guard line < values.count, values[line].isFinite else { return "-" }
        if case .categories(let names) = axis.scale {
            return Int(exactly: values[line]).flatMap { names.indices ~= $0 ? names[$0] : nil } ?? "-"
        }
        return significant(values[line], digits: 5)
    }
}
