import Kernels
import Tensors

/// Images in another size. Input: images.
package struct Resampling: ImageOperation {
    package let shape: ResamplingShape
    private let original: ValueType
    package let resultType: ValueType

    /// From the nearest pixels, or from the four around each centre if it is bilinear; smaller images are samples, not means.
    package init(_ x: Value, height: Int, width: Int, isBilinear: Bool) throws(ShapeError) {
        guard x.shape.rank == 3 else {
            throw ShapeError("resizing takes images (height, width, channels)", x.shape)
        }
        resultType = .image(Shape(height, width, x.shape[2]))
        // Every row and column has its place in the image noted.
        let longest = 1 << 20
        guard 1...longest ~= height, 1...longest ~= width, resultType.shape.count < Shape.tooMany else {
            throw ShapeError("images cannot have this size", resultType.shape)
        }
        shape = ResamplingShape(
            from: (x.shape[0], x.shape[1]), to: (height, width), channels: x.shape[2], isBilinear: isBilinear)
        original = x.type
    }

    package var flops: Int { shape.isBilinear ? 6 * resultType.shape.count : 0 }
    package var scratch: Int { shape.row }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(ResamplingGradient(shape: shape, resultType: original), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        resample(shape, images: run.images, x: run.input(0), y: run.output, scratch: run.scratch)
    }
}

/// Input: the gradient of the images in their other size.
struct ResamplingGradient: ImageOperation {
    let shape: ResamplingShape
    let resultType: ValueType

    var flops: Int { 4 * resultType.shape.count }
    var scratch: Int { shape.row }

    func run(_ run: borrowing Run) {
        resampleGradient(shape, images: run.images, dy: run.input(0), dx: run.output, scratch: run.scratch)
    }
}
