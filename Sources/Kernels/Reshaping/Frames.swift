// Zeros around images, and images without their margins: each is the other's gradient.
//
// Limit: stores.

/// An image and where it stands in a larger one.
package struct FrameShape: Sendable, Hashable {
    /// Lengths of the smaller image; a row is as long as all of its pixels' channels.
    let height, row: Int
    /// Lengths of the larger image.
    let outerHeight, outerRow: Int
    /// Where the smaller one begins.
    let top, left: Int

    /// A frame of so many pixels on each side.
    package init(height: Int, width: Int, channels: Int, top: Int, bottom: Int, left: Int, right: Int) {
        self.height = height
        row = width * channels
        outerHeight = top + height + bottom
        outerRow = (left + width + right) * channels
        self.top = top
        self.left = left * channels
    }
}

/// Puts every image into a frame of zeros.
package func frame(_ shape: FrameShape, images: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>) {
    y.update(repeating: 0, count: images * shape.outerHeight * shape.outerRow)
    for image in 0..<images {
        let target = y + (image * shape.outerHeight + shape.top) * shape.outerRow + shape.left
        copyColumns(
            rows: shape.height, count: shape.row, from: x + image * shape.height * shape.row, to: target,
            strides: (shape.row, shape.outerRow))
    }
}

/// Takes every image out of its frame.
package func unframe(_ shape: FrameShape, images: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>) {
    for image in 0..<images {
        let source = x + (image * shape.outerHeight + shape.top) * shape.outerRow + shape.left
        copyColumns(
            rows: shape.height, count: shape.row, from: source, to: y + image * shape.height * shape.row,
            strides: (shape.outerRow, shape.row))
    }
}
