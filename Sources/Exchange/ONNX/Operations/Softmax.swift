import Autograd

extension Softmax: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let x = onnx.tensor(of: node.inputs[0])
        return x.with(onnx.apply("Softmax", to: [x.name], [("axis", .integer(x.arrangement.channelAxis))]))
    }
}
