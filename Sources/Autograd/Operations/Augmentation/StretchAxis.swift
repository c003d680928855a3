import Kernels
import Tensors

/// Stretches the images of a batch along one axis, all to the same drawn length, and back to their own. Input: images.
package struct StretchAxis: ImageOperation {
    let shape: Stretching
    let salt: UInt64
    let length: @Sendable (ImageDraws) -> Int
    var isGradient = false
    package let resultType: ValueType

    /// Along the height, or the width; the salt tells operations apart.
    package init(
        _ x: Value, salt: UInt64, alongWidth: Bool, isBilinear: Bool, length: @escaping @Sendable (ImageDraws) -> Int
    ) throws(ShapeError) {
        try checkAugmentable(x)
        shape =
            alongWidth
            ? Stretching(outer: x.shape[0], length: x.shape[1], inner: x.shape[2], isBilinear: isBilinear)
            : Stretching(outer: 1, length: x.shape[0], inner: x.shape[1] * x.shape[2], isBilinear: isBilinear)
        self.salt = salt
        self.length = length
        resultType = x.type
    }

    package var title: String { isGradient ? "stretch axis gradient" : "stretch axis" }
    package var isRandom: Bool { true }
    package var flops: Int { (shape.isBilinear ? 7 : 0) * shape.count }
    package var scratch: Int { shape.listCount }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        var gradient = self
        gradient.isGradient = true
        return [try graph.apply(gradient, to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        // What the batch shares is drawn as if for its first image.
        shape.list(stretchedTo: length(ImageDraws(key: run.key, salt: salt, image: 0)), in: run.scratch)
        for image in 0..<run.images {
            let (from, to) = (run.input(0) + image * shape.count, run.output + image * shape.count)
            if isGradient {
                stretchGradient(shape, list: run.scratch, dy: from, dx: to)
            } else {
                stretch(shape, list: run.scratch, x: from, y: to)
            }
        }
    }
}
