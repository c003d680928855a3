import Autograd

extension ParametricReLU: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let x = onnx.tensor(of: node.inputs[0])
        let slopes = Arrangement(shape: node.inputs[1].shape, order: x.arrangement.order)
        return x.with(onnx.apply("PRelu", to: [x.name, onnx.parameter(node.inputs[1], slopes)]))
    }
}
