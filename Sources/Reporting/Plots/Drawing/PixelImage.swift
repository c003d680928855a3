/// Pixels for a picture: grey, or red, green and blue.
package struct PixelImage: Sendable, Hashable {
    package let width: Int
    package let height: Int

    /// 1 or 3.
    package let channels: Int

    /// Rows from the top, channels fastest.
    package let bytes: [UInt8]

    /// An image whose bytes are known to be as many as its size says.
    package init(width: Int, height: Int, channels: Int = 1, bytes: [UInt8]) {
        precondition(width > 0 && height > 0 && (channels == 1 || channels == 3))
        precondition(bytes.count == width * height * channels)
        self.width = width
        self.height = height
        self.channels = channels
        self.bytes = bytes
    }

    /// An image of numbers by the colours of a ramp, which it has in the light theme; what is no number is grey.
    ///
    ///     PixelImage(width: 3, height: 3, values: kernel, in: -1...1, ramp: .diverging)
    package init(width: Int, height: Int, values: [Double], in range: ClosedRange<Double>, ramp: ColorRamp) {
        let extent = range.upperBound - range.lowerBound
        let bytes = values.flatMap { value -> [UInt8] in
            guard !value.isNaN else { return [128, 128, 128] }
            let color = ramp.paint(extent > 0 ? (value - range.lowerBound) / extent : 0.5).light
            return [color.red, color.green, color.blue]
        }
        self.init(width: width, height: height, channels: 3, bytes: bytes)
    }

    func color(_ x: Int, _ y: Int) -> RGB {
        let index = (y * width + x) * channels
        return channels == 1
            ? RGB(red: bytes[index], green: bytes[index], blue: bytes[index])
            : RGB(red: bytes[index], green: bytes[index + 1], blue: bytes[index + 2])
    }
}
