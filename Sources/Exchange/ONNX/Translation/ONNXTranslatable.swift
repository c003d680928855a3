import Autograd

/// An operation that ONNX can do as well. Every one that a model's inference records conforms to it, in a file of
/// Exchange/ONNX/Operations.
protocol ONNXTranslatable: Operation {
    /// The values that its translation reads: its inputs, or what is behind them where one of ONNX's operators does the work
    /// of several operations.
    func operands(of node: Node, in graph: Graph) -> [Value]
    /// Writes the operators that compute the node's result, and tells which tensor holds it.
    func translate(_ node: Node, into onnx: inout ONNXGraph) throws(ExportError) -> StoredTensor
}

extension ONNXTranslatable {
    func operands(of node: Node, in graph: Graph) -> [Value] { node.inputs }
}

/// A tensor of the ONNX graph, and what it holds of our value.
struct StoredTensor {
    let name: String
    let arrangement: Arrangement
    /// Whether all its axes but the batch are one.
    var isFlat = false

    /// Without the batch.
    var lengths: [Int] { isFlat ? [arrangement.shape.count] : arrangement.lengths }

    /// A tensor of the same kind.
    func with(_ name: String) -> StoredTensor { StoredTensor(name: name, arrangement: arrangement, isFlat: isFlat) }
}
