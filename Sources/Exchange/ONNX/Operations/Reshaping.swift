import Autograd
import Tensors

/// Writes nothing: what reads the value gets it in the shape that it asks for.
extension Reshape: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor { onnx.anyTensor(of: node.inputs[0]) }
}

/// Writes nothing: the tensor's axes are called otherwise.
extension Permutation: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let x = onnx.tensor(of: node.inputs[0])
        let order = x.arrangement.order.compactMap { axes.firstIndex(of: $0) }
        return StoredTensor(name: x.name, arrangement: Arrangement(shape: node.type.shape, order: order))
    }
}

extension PadImages: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let x = onnx.tensor(of: node.inputs[0])
        let (before, after) = margins.bothEnds
        let pads = [0] + x.arrangement.order.map { before[$0] } + [0] + x.arrangement.order.map { after[$0] }
        let name = onnx.apply("Pad", to: [x.name, onnx.integers("pads", pads)], [("mode", .word("constant"))])
        return StoredTensor(name: name, arrangement: x.arrangement.with(node.type.shape))
    }
}

extension CropImages: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let x = onnx.tensor(of: node.inputs[0])
        let before = margins.bothEnds.before
        let axes = [0, 1]
        let names = [
            x.name, onnx.integers("starts", axes.map { before[$0] }),
            onnx.integers("ends", axes.map { before[$0] + node.type.shape[$0] }),
            onnx.integers("axes", axes.map { x.arrangement.axis($0) }),
        ]
        return StoredTensor(
            name: onnx.apply("Slice", to: names), arrangement: x.arrangement.with(node.type.shape))
    }
}

extension Margins {
    /// Pixels before and behind each axis of an image.
    fileprivate var bothEnds: (before: [Int], after: [Int]) { ([top, left, 0], [bottom, right, 0]) }
}
