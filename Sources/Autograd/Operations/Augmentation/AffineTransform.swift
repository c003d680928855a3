import Kernels
import Tensors

/// Sees each image through an affine map drawn for it. Input: images.
package struct AffineTransform: ImageOperation {
    let shape: AffineImages
    let salt: UInt64
    let map: @Sendable (ImageDraws) -> AffineMap

    /// The salt tells operations apart; the map takes places of the result to places of the image.
    /// - Parameters:
    ///   - rows, columns: the part of the image that is read, if not all of it.
    ///   - result: height and width, if not the image's.
    package init(
        _ x: Value, salt: UInt64, fillMode: FillMode, fillValue: Float = 0, isBilinear: Bool = true,
        rows: Range<Int>? = nil, columns: Range<Int>? = nil, result: (height: Int, width: Int)? = nil,
        map: @escaping @Sendable (ImageDraws) -> AffineMap
    ) throws(ShapeError) {
        try checkAugmentable(x)
        shape = AffineImages(
            height: x.shape[0], width: x.shape[1], channels: x.shape[2], fillMode: fillMode, fillValue: fillValue,
            isBilinear: isBilinear, rows: rows, columns: columns, result: result)
        self.salt = salt
        self.map = map
    }

    package var resultType: ValueType { .image(Shape(shape.resultHeight, shape.resultWidth, shape.channels)) }
    package var isRandom: Bool { true }
    package var flops: Int { (shape.isBilinear ? 8 : 0) * shape.outputCount }
    package var scratch: Int { shape.scratchCount }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(AffineTransformGradient(forward: self), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        for image in 0..<run.images {
            transformImage(
                shape, map(ImageDraws(key: run.key, salt: salt, image: run.firstImage + image)),
                x: run.input(0) + image * shape.inputCount, scratch: run.scratch,
                y: run.output + image * shape.outputCount)
        }
    }
}

/// Takes each image's gradient back through the map that was drawn for it. Input: the gradient.
struct AffineTransformGradient: ImageOperation {
    let forward: AffineTransform

    var resultType: ValueType {
        .image(Shape(forward.shape.height, forward.shape.width, forward.shape.channels))
    }
    var flops: Int { forward.flops }
    var scratch: Int { forward.scratch }

    func run(_ run: borrowing Run) {
        for image in 0..<run.images {
            transformImageGradient(
                forward.shape, forward.map(ImageDraws(key: run.key, salt: forward.salt, image: run.firstImage + image)),
                dy: run.input(0) + image * forward.shape.outputCount, scratch: run.scratch,
                dx: run.output + image * forward.shape.inputCount)
        }
    }
}
