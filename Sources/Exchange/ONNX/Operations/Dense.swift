import Autograd
import Tensors

extension MatrixProduct: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let features = onnx.row(of: node.inputs[0])
        let (rows, columns) = (features.arrangement, node.type.shape[0])
        // The weights' rows follow the features, whatever order those are in: nothing need be transposed at run time.
        let weights = Arrangement(
            shape: Shape(rows.shape.dimensions + [columns]), order: rows.order + [rows.shape.rank])
        let names = [
            features.name, onnx.parameter(node.inputs[1], weights, lengths: [rows.shape.count, columns]),
        ]
        let bias = node.inputs.dropFirst(2).map { onnx.parameter($0) }
        return StoredTensor(name: onnx.apply("Gemm", to: names + bias), arrangement: .own(node.type.shape))
    }
}
