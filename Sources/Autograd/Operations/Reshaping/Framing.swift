import Kernels
import Tensors

/// Pixels on the four sides of an image.
package struct Margins: Sendable, Hashable {
    package var top, bottom, left, right: Int

    package init(top: Int, bottom: Int, left: Int, right: Int) {
        self.top = top
        self.bottom = bottom
        self.left = left
        self.right = right
    }
}

/// Puts images into frames of zeros. Input: images.
package struct PadImages: ImageOperation {
    private let shape: FrameShape
    package let margins: Margins
    package let resultType: ValueType

    /// With so many zeros on each side.
    package init(_ x: Value, margins: Margins) throws(ShapeError) {
        guard x.shape.rank == 3 else {
            throw ShapeError("padding takes images (height, width, channels)", x.shape)
        }
        shape = FrameShape(x.shape, margins)
        self.margins = margins
        resultType = .image(
            Shape(
                x.shape[0] + margins.top + margins.bottom, x.shape[1] + margins.left + margins.right, x.shape[2]))
    }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(CropImages(request.upstream, margins: margins), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) { frame(shape, images: run.images, x: run.input(0), y: run.output) }
}

/// Cuts margins off images. Input: images.
package struct CropImages: ImageOperation {
    private let shape: FrameShape
    package let margins: Margins
    package let resultType: ValueType

    /// Without so many pixels on each side.
    package init(_ x: Value, margins: Margins) throws(ShapeError) {
        guard x.shape.rank == 3 else {
            throw ShapeError("cropping takes images (height, width, channels)", x.shape)
        }
        let height = x.shape[0] - margins.top - margins.bottom
        let width = x.shape[1] - margins.left - margins.right
        guard height > 0, width > 0 else {
            throw ShapeError(
                "cropping leaves nothing of the image; less than its height and width in all fits", x.shape)
        }
        resultType = .image(Shape(height, width, x.shape[2]))
        shape = FrameShape(resultType.shape, margins)
        self.margins = margins
    }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(PadImages(request.upstream, margins: margins), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) { unframe(shape, images: run.images, x: run.input(0), y: run.output) }
}

extension FrameShape {
    fileprivate init(_ inner: Shape, _ margins: Margins) {
        self.init(
            height: inner[0], width: inner[1], channels: inner[2], top: margins.top, bottom: margins.bottom,
            left: margins.left, right: margins.right)
    }
}
