import Autograd
import Tensors

extension Rescale: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        var x = onnx.anyTensor(of: node.inputs[0])
        if scale != 1 { x = x.with(onnx.apply("Mul", to: [x.name, onnx.constant("scale", scale)])) }
        if offset != 0 { x = x.with(onnx.apply("Add", to: [x.name, onnx.constant("offset", offset)])) }
        return x
    }
}

extension NormalizeByConstants: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        var x = onnx.tensor(of: node.inputs[0])
        let steps = [
            ("Sub", "mean", before, neutral: Float(0)), ("Mul", "scale", factor, 1), ("Add", "offset", after, 0),
        ]
        for (type, role, constants, neutral) in steps where constants.contains(where: { $0 != neutral }) {
            let constants = onnx.initializer(role, x.arrangement.channelLengths, constants)
            x = x.with(onnx.apply(type, to: [x.name, constants]))
        }
        return x
    }
}
