import Autograd
import Kernels
import Tensors

extension Resampling: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let (old, new) = (node.inputs[0].shape, node.type.shape)
        let isMultiple = [0, 1].allSatisfy { new[$0] % old[$0] == 0 }
        return shape.isBilinear || isMultiple ? resize(node, into: &onnx) : pick(node, into: &onnx)
    }

    private func resize(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let (old, new) = (node.inputs[0].shape, node.type.shape)
        let x = onnx.tensor(of: node.inputs[0], .channelsFirst(old))
        let scales = [0, 1].map { scale(from: old[$0], to: new[$0]) }
        let name = onnx.apply(
            "Resize", to: [x.name, "", onnx.initializer("scales", [4], [1, 1] + scales)],
            [
                ("mode", .word(shape.isBilinear ? "linear" : "nearest")),
                // Pixels' centres lie at halves.
                ("coordinate_transformation_mode", .word("half_pixel")),
            ])
        return StoredTensor(name: name, arrangement: .channelsFirst(new))
    }

    /// A factor whose product with the old length is not below the new one, because runtimes round it down.
    private func scale(from old: Int, to new: Int) -> Float {
        var scale = Float(new) / Float(old)
        while Double(scale) * Double(old) < Double(new) { scale = scale.nextUp }
        return scale
    }

    /// Row by row and column by column: which of two equally near pixels a runtime's own resizing takes depends on its rounding.
    private func pick(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let x = onnx.tensor(of: node.inputs[0])
        let axes = [("rows", shape.vertical), ("columns", shape.horizontal)]
        let name = axes.enumerated().reduce(x.name) { name, axis in
            let (role, samples) = axis.element
            let indices = onnx.integers(role, samples.lower)
            return onnx.apply("Gather", to: [name, indices], [("axis", .integer(x.arrangement.axis(axis.offset)))])
        }
        return StoredTensor(name: name, arrangement: x.arrangement.with(node.type.shape))
    }
}
