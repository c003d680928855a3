import Kernels
import Tensors

/// Gives each image contrast and brightness drawn for it, and clips the result. Input: images.
package struct AdjustTones: ImageOperation {
    let salt: UInt64
    let curve: @Sendable (ImageDraws) -> ToneCurve
    package let resultType: ValueType

    /// The salt tells operations apart.
    package init(
        _ x: Value, salt: UInt64, curve: @escaping @Sendable (ImageDraws) -> ToneCurve
    ) throws(ShapeError) {
        try checkAugmentable(x)
        self.salt = salt
        self.curve = curve
        resultType = x.type
    }

    package var isRandom: Bool { true }
    package var flops: Int { 3 * resultType.shape.count }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(AdjustTonesGradient(forward: self), to: request.upstream, request.inputs[0])]
    }

    package func run(_ run: borrowing Run) {
        let shape = resultType.shape
        for image in 0..<run.images {
            adjustTones(
                curve(ImageDraws(key: run.key, salt: salt, image: run.firstImage + image)),
                pixels: shape.count / shape.channels, channels: shape.channels,
                x: run.input(0) + image * shape.count, y: run.output + image * shape.count)
        }
    }
}

/// The gradient through drawn contrast and brightness. Inputs: the gradient, and the images.
struct AdjustTonesGradient: ImageOperation {
    let forward: AdjustTones

    var resultType: ValueType { forward.resultType }
    var flops: Int { forward.flops }

    func run(_ run: borrowing Run) {
        let shape = resultType.shape
        for image in 0..<run.images {
            let draws = ImageDraws(key: run.key, salt: forward.salt, image: run.firstImage + image)
            adjustTonesGradient(
                forward.curve(draws), pixels: shape.count / shape.channels, channels: shape.channels,
                x: run.input(1) + image * shape.count, dy: run.input(0) + image * shape.count,
                dx: run.output + image * shape.count)
        }
    }
}
