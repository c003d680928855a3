import Layers
import Reporting

extension ModelSummary {
    /// The rows that are shown, an application's layers behind it or not at all, each with its parameters; an application's are
    /// those of its layers.
    func rows(expanded: Bool) -> [(row: LayerRow, parameters: Int)] {
        let inner = Dictionary(grouping: rows.filter { $0.application != nil }) { $0.application ?? "" }
        return rows.filter { $0.application == nil }.flatMap { row in
            let layers = (inner[row.name] ?? []).map { (row: $0, parameters: $0.parameterCount) }
            let own = (row: row, parameters: layers.reduce(row.parameterCount) { $0 + $1.parameters })
            return [own] + (expanded ? layers : [])
        }
    }

    /// Keras's table; what layers read is shown only where some read something else than the row before.
    func table(expanded: Bool) -> TextTable {
        let rows = rows(expanded: expanded)
        let isChain = rows.allSatisfy(\.row.readsTheRowBefore)
        return TextTable(
            ["Layer (type)", "Output shape", .right("Parameters")] + (isChain ? [] : ["Connected to"]),
            rows: rows.map { row, parameters in
                let inputs = row.readsTheRowBefore ? "" : row.inputs.map(ownName).joined(separator: ", ")
                let indent = row.application == nil ? "" : "  "
                return [
                    "\(indent)\(ownName(row.name)) (\(row.type))", row.outputShape.description,
                    grouped(parameters), inputs,
                ]
            })
    }

    /// A layer's name within its application.
    private func ownName(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }
}
