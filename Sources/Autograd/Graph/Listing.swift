// What people want to know of a graph: how much it computes, and what.

extension Graph {
    /// Multiplications and additions for one image, of everything.
    package var flops: Int { nodes.reduce(0) { $0 + ($1.operation?.flops ?? 0) } }

    /// One line per node: `%4 = MatrixProduct(%0, %1, %2) each (10,)`.
    package var listing: String {
        nodes.enumerated().map { index, node in
            let what =
                switch node.origin {
                case .feed(let name): "feed \(name)"
                case .parameter(let parameter): "parameter \(parameter.name)"
                case .operation(let operation):
                    "\(operation.name)(\(node.inputs.map { "%\($0.node)" }.joined(separator: ", ")))"
                case .byproduct: "beside %\(node.inputs[0].node)"
                }
            return "%\(index) = \(what) \(node.type.extent == .image ? "each " : "")\(node.type.shape)"
        }.joined(separator: "\n")
    }
}
