/// One picture as bytes: what a file shows, before any model's wishes are known.
package struct Picture: Sendable, Hashable {
    package let height: Int

    package let width: Int

    /// Bytes of a pixel: grey, grey and opacity, red green blue, or those and opacity; only IDX files may have more.
    package let channels: Int

    /// Rows from the top, pixels from the left, channels fastest.
    package let pixels: [UInt8]

    /// A picture whose bytes are known to be as many as its size says.
    package init(height: Int, width: Int, channels: Int, pixels: [UInt8]) {
        precondition(pixels.count == height * width * channels)
        self.height = height
        self.width = width
        self.channels = channels
        self.pixels = pixels
    }

    /// No file is read that claims more: a photograph has fewer, and a hostile header shall not take memory.
    static let mostPixels = 1 << 25

    /// Refuses sizes that no picture has.
    static func check(height: Int, width: Int, offset: Int) throws(PictureError) {
        guard height > 0, width > 0 else {
            throw PictureError(fact: .empty(height: height, width: width), offset: offset)
        }
        guard height <= mostPixels, width <= mostPixels, height * width <= mostPixels else {
            throw PictureError(fact: .tooLarge(height: height, width: width), offset: offset)
        }
    }
}
