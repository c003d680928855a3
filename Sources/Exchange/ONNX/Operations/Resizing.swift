import Autograd
import Tensors

extension Resampling: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let images = node.inputs[0]
        let x = onnx.tensor(of: images, .channelsFirst(images.shape))
        let scales = [0, 1].map { scale(from: images.shape[$0], to: node.type.shape[$0]) }
        let name = onnx.apply(
            "Resize", to: [x.name, "", onnx.initializer("scales", [4], [1, 1] + scales)],
            [
                ("mode", .word(interpolates ? "linear" : "nearest")),
                // Pixels' centres lie at halves; of two that are equally near the right or lower one is taken.
                ("coordinate_transformation_mode", .word("half_pixel")), ("nearest_mode", .word("round_prefer_ceil")),
            ])
        return StoredTensor(name: name, arrangement: .channelsFirst(node.type.shape))
    }

    /// A factor whose product with the old length is not below the new one, because runtimes round it down.
    private func scale(from old: Int, to new: Int) -> Float {
        var scale = Float(new) / Float(old)
        while Double(scale) * Double(old) < Double(new) { scale = scale.nextUp }
        return scale
    }
}
