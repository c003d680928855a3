import Autograd
import Kernels
import Tensors

extension MaxPooling: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        onnx.pool(node, shape, "MaxPool", ofWholeImages: "GlobalMaxPool")
    }
}

extension AveragePooling: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        onnx.pool(
            node, shape, "AveragePool", ofWholeImages: "GlobalAveragePool", [("count_include_pad", .integer(0))])
    }
}

extension ONNXGraph {
    fileprivate mutating func pool(
        _ node: Node, _ shape: PoolingShape, _ type: String, ofWholeImages wholeType: String,
        _ attributes: [(name: String, value: ONNXAttribute)] = []
    ) -> StoredTensor {
        let images = tensor(of: node.inputs[0], .channelsFirst(node.inputs[0].shape))
        let name =
            if shape.vertical.isWhole, shape.horizontal.isWhole {
                apply(wholeType, to: [images.name])
            } else {
                apply(type, to: [images.name], windowAttributes(shape.vertical, shape.horizontal) + attributes)
            }
        return StoredTensor(name: name, arrangement: .channelsFirst(node.type.shape))
    }
}

extension Windows {
    /// Whether the only window is the whole axis.
    fileprivate var isWhole: Bool { window == size && count == 1 }
}
