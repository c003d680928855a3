import Tensors
import Testing

@testable import Datasets

@Suite struct ResizingTests {
    private static func noise(_ height: Int, _ width: Int, _ channels: Int = 1) -> Picture {
        let source = RandomSource(seed: 2, purpose: "picture", round: height * 100 + width)
        let pixels = (0..<height * width * channels).map { UInt8(source.integer(below: 256, at: $0)) }
        return Picture(height: height, width: width, channels: channels, pixels: pixels)
    }

    /// By the definition: every pixel is cut into so many that the new ones are whole numbers of them.
    private static func mean(_ picture: Picture, _ height: Int, _ width: Int, row: Int, column: Int, channel: Int)
        -> UInt8
    {
        var sum = 0
        for y in row * picture.height..<(row + 1) * picture.height {
            for x in column * picture.width..<(column + 1) * picture.width {
                let place = (y / height * picture.width + x / width) * picture.channels + channel
                sum += Int(picture.pixels[place])
            }
        }
        return UInt8((Double(sum) / Double(picture.height * picture.width)).rounded(.toNearestOrAwayFromZero))
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13], [1, 2, 4, 7, 13])
    func `a new pixel is the mean of the area that it covers`(from: Int, to: Int) {
        for (height, width, newHeight, newWidth, channels) in [(from, 4, to, 3, 1), (5, from, 6, to, 3)] {
            let picture = Self.noise(height, width, channels)
            let resized = picture.averaged(height: newHeight, width: newWidth)
            for row in 0..<newHeight {
                for column in 0..<newWidth {
                    for channel in 0..<channels {
                        let expected = Self.mean(
                            picture, newHeight, newWidth, row: row, column: column, channel: channel)
                        #expect(resized.pixels[(row * newWidth + column) * channels + channel] == expected)
                    }
                }
            }
        }
    }

    @Test func `the same size is the same picture, and one colour stays one`() {
        let picture = Self.noise(9, 7, 3)
        #expect(picture.averaged(height: 9, width: 7) == picture)
        let plain = Picture(height: 50, width: 31, channels: 1, pixels: [UInt8](repeating: 199, count: 1550))
        #expect(Set(plain.averaged(height: 28, width: 28).pixels) == [199])
        #expect(Set(plain.averaged(height: 77, width: 3).pixels) == [199])
    }

    @Test(arguments: [
        (280, 280, 28, 28), (300, 280, 28, 26), (280, 300, 26, 28), (10, 20, 14, 28), (1, 1, 28, 28),
        (1, 5000, 1, 28), (5000, 1, 28, 1), (28, 27, 28, 27), (29, 28, 28, 27),
    ])
    func `proportions are kept, and the ground is all around`(
        height: Int, width: Int, innerHeight: Int, innerWidth: Int
    ) throws {
        // Ink of 200 within, and a ground of 100 as a frame that is found by its border.
        var pixels = [UInt8](repeating: 100, count: height * width)
        if height > 4, width > 4 {
            for row in 2..<height - 2 { for column in 2..<width - 2 { pixels[row * width + column] = 200 } }
        }
        let picture = Picture(height: height, width: width, channels: 1, pixels: pixels)
        let fitted = try picture.fitted(to: Shape(28, 28, 1))
        let inner = picture.averaged(height: innerHeight, width: innerWidth)
        let (top, left) = ((28 - innerHeight) / 2, (28 - innerWidth) / 2)
        for row in 0..<28 {
            for column in 0..<28 {
                let isInside = top..<top + innerHeight ~= row && left..<left + innerWidth ~= column
                let expected = isInside ? inner.pixels[(row - top) * innerWidth + column - left] : 100
                #expect(fitted.picture.pixels[row * 28 + column] == expected)
            }
        }
    }

    @Test func `ground is found for every channel`() throws {
        let picture = Picture(height: 1, width: 2, channels: 3, pixels: [1, 2, 3, 1, 2, 3])
        #expect(try picture.fitted(to: Shape(2, 2, 3)).picture.pixels == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
    }
}
