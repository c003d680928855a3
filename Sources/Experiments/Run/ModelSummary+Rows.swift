import Layers
import Reporting

extension ModelSummary {
    /// Parameters of a row; an application's are those of its layers.
    func parameterCount(of row: LayerRow) -> Int {
        rows.filter { $0.application == row.name }.reduce(row.parameterCount) { $0 + $1.parameterCount }
    }

    /// The rows that are shown, an application's layers behind it or not at all.
    func rows(expanded: Bool) -> [LayerRow] {
        rows.filter { $0.application == nil }.flatMap { row in
            [row] + (expanded ? rows.filter { $0.application == row.name } : [])
        }
    }

    /// Keras's table; what layers read is shown only where some read something else than the row before.
    func table(expanded: Bool) -> TextTable {
        let rows = rows(expanded: expanded)
        let isChain = rows.allSatisfy(\.readsTheRowBefore)
        return TextTable(
            ["Layer (type)", "Output shape", .right("Parameters")] + (isChain ? [] : ["Connected to"]),
            rows: rows.map { row in
                let inputs = row.readsTheRowBefore ? "" : row.inputs.map(ownName).joined(separator: ", ")
                let indent = row.application == nil ? "" : "  "
                return [
                    "\(indent)\(ownName(row.name)) (\(row.type))", row.outputShape.description,
                    grouped(parameterCount(of: row)), inputs,
                ]
            })
    }

    /// A layer's name within its application.
    private func ownName(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }
}
