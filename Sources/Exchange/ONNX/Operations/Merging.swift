import Autograd
import Tensors

/// An operation on two values element by element. ONNX repeats axes of length 1 by itself, so it reads what was not repeated yet.
private protocol ElementPair: ONNXTranslatable {
    static var operatorName: String { get }
}

extension ElementPair {
    func operands(of node: Node, in graph: Graph) -> [Value] { node.inputs.map(graph.unrepeated) }

    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let shape = node.type.shape
        let parts = operands(of: node, in: onnx.recorded)
        if let (names, arrangement) = onnx.alike(parts) {
            return StoredTensor(name: onnx.apply(Self.operatorName, to: names), arrangement: arrangement)
        }
        let order = onnx.sharedOrder(of: parts, rank: shape.rank)
        let names = parts.map { part in
            let missing = [Int](repeating: 1, count: shape.rank - part.shape.rank)
            let arrangement = Arrangement(shape: Shape(missing + part.shape.dimensions), order: order)
            return onnx.tensor(of: part, arrangement).name
        }
        return StoredTensor(
            name: onnx.apply(Self.operatorName, to: names), arrangement: Arrangement(shape: shape, order: order))
    }
}

extension AddElements: ElementPair { static let operatorName = "Add" }
extension SubtractElements: ElementPair { static let operatorName = "Sub" }
extension MultiplyElements: ElementPair { static let operatorName = "Mul" }
extension MaximumOfElements: ElementPair { static let operatorName = "Max" }

extension ConcatenatePair: ONNXTranslatable {
    /// Everything that stands side by side: pairs of pairs of one layer are one operator.
    func operands(of node: Node, in graph: Graph) -> [Value] {
        let first = graph.nodes[node.inputs[0].node]
        guard let pair = first.operation as? ConcatenatePair, pair.axis == axis, first.layer == node.layer else {
            return node.inputs
        }
        return pair.operands(of: first, in: graph) + node.inputs.dropFirst()
    }

    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let parts = operands(of: node, in: onnx.recorded)
        let order = onnx.sharedOrder(of: parts, rank: node.type.shape.rank)
        let names = parts.map { onnx.tensor(of: $0, Arrangement(shape: $0.shape, order: order)).name }
        let arrangement = Arrangement(shape: node.type.shape, order: order)
        let name = onnx.apply("Concat", to: names, [("axis", .integer(arrangement.axis(axis)))])
        return StoredTensor(name: name, arrangement: arrangement)
    }
}

extension Graph {
    /// What a value repeats, or itself.
    fileprivate func unrepeated(_ value: Value) -> Value {
        nodes[value.node].operation is Broadcast ? nodes[value.node].inputs[0] : value
    }
}

extension ONNXGraph {
    /// Tensors of values of one shape that are at hand in one arrangement, if there are any.
    fileprivate func alike(_ values: [Value]) -> (names: [String], arrangement: Arrangement)? {
        let first = anyTensor(of: values[0])
        let others = values.compactMap { value in
            tensors(of: value).first {
                value.shape == values[0].shape && $0.arrangement == first.arrangement && !$0.isFlat
            }
        }
        guard !first.isFlat, others.count == values.count else { return nil }
        return (others.map(\.name), first.arrangement)
    }

    /// The order in which values of equally many axes take the fewest transpositions: channels first, if any of them is at hand
    /// like that.
    fileprivate func sharedOrder(of values: [Value], rank: Int) -> [Int] {
        let orders = values.map { value in
            let tensor = anyTensor(of: value)
            let isPlain = !tensor.isFlat && tensor.arrangement.shape == value.shape && value.shape.rank == rank
            return isPlain ? tensor.arrangement.order : Array(0..<rank)
        }
        return orders.first { $0 != Array(0..<rank) } ?? Array(0..<rank)
    }
}
