import Autograd
import Tensors

extension Normalize: ONNXTranslatable {
    /// Mean and variance are two values in ONNX and one here.
    private func statistics(of node: Node, in graph: Graph) -> [Value] { graph.nodes[node.inputs[1].node].inputs }

    func operands(of node: Node, in graph: Graph) -> [Value] { [node.inputs[0]] }

    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let shape = node.type.shape
        let x = onnx.tensor(
            of: node.inputs[0], where: { $0.channelAxis == 1 }, otherwise: .channelsFirst(shape))
        var learned = node.inputs.dropFirst(2)
        let gamma = normalization.hasGamma ? learned.popFirst() : nil
        let beta = normalization.hasBeta ? learned.popFirst() : nil
        let names = [
            x.name, onnx.scale(gamma, channels: shape.channels), onnx.offset(beta, channels: shape.channels),
        ]
        let statistics = statistics(of: node, in: onnx.recorded).map { onnx.parameter($0) }
        return x.with(
            onnx.apply(
                "BatchNormalization", to: names + statistics, [("epsilon", .number(normalization.epsilon))]))
    }
}

extension NormalizeRows: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let shape = node.type.shape
        let x = onnx.tensor(of: node.inputs[0], where: { $0.channelAxis == shape.rank })
        var learned = node.inputs.dropFirst()
        let gamma = hasGamma ? learned.popFirst() : nil
        let names = [x.name, onnx.scale(gamma, channels: shape.channels)] + learned.map { onnx.parameter($0) }
        return x.with(
            onnx.apply("LayerNormalization", to: names, [("axis", .integer(-1)), ("epsilon", .number(epsilon))]))
    }
}

extension ONNXGraph {
    /// The layer's factors, which ONNX wants even where there are none.
    fileprivate mutating func scale(_ gamma: Value?, channels: Int) -> String {
        gamma.map { parameter($0) }
            ?? initializer("gamma", [channels], [Float](repeating: 1, count: channels))
    }

    /// The layer's offsets, which ONNX wants even where there are none.
    fileprivate mutating func offset(_ beta: Value?, channels: Int) -> String {
        beta.map { parameter($0) }
            ?? initializer("beta", [channels], [Float](repeating: 0, count: channels))
    }
}
