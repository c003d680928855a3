import Tensors
import Testing

@testable import Datasets

@Suite struct FittingTests {
    /// Five by five pixels of a ground, with a bar of ink in the middle column.
    private static func bar(_ ink: UInt8, on ground: UInt8, height: Int = 3) -> Picture {
        var pixels = [UInt8](repeating: ground, count: 25)
        for row in (5 - height) / 2..<(5 + height) / 2 { pixels[row * 5 + 2] = ink }
        return Picture(height: 5, width: 5, channels: 1, pixels: pixels)
    }

    @Test func `a picture that fits is left alone`() throws {
        let picture = Self.bar(255, on: 0)
        #expect(try picture.fitted(to: Shape(5, 5, 1)) == FittedPicture(picture: picture, steps: []))
    }

    @Test(arguments: [
        (bar(255, on: 0), false), (bar(0, on: 255), true),
        // Light or dark is a matter of the picture's own range.
        (bar(20, on: 100), true), (bar(255, on: 180), false),
        // A stroke from edge to edge does not make its colour the ground.
        (bar(0, on: 255, height: 5), true), (bar(255, on: 0, height: 5), false),
        // A blank sheet says nothing about ink.
        (bar(255, on: 255), false), (bar(0, on: 0), false),
    ])
    func `dark on light is inverted`(picture: Picture, isInverted: Bool) throws {
        let fitted = try picture.fitted(to: Shape(5, 5, 1))
        #expect(fitted.steps == (isInverted ? [.inverted] : []))
        #expect(fitted.picture.pixels == (isInverted ? picture.pixels.map { 255 - $0 } : picture.pixels))
        #expect(try picture.fitted(to: Shape(5, 5, 1), inverting: false).steps.isEmpty)
        // The negative of what was turned is not turned again.
        #expect(try fitted.picture.fitted(to: Shape(5, 5, 1)).steps.isEmpty)
    }

    @Test func `nobody knows what colours mean, so they are never inverted`() throws {
        let fitted = try Self.bar(0, on: 255).fitted(to: Shape(5, 5, 3))
        #expect(fitted.steps == [.repeated(channels: 3)])
        #expect(fitted.picture.pixels == Self.bar(0, on: 255).pixels.flatMap { [$0, $0, $0] })
    }

    @Test(
        arguments: [
            (
                4, 3, [10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 51], [10, 20, 30, 255, 255, 255, 204, 204, 204],
                [.laidOverWhite]
            ),
            (4, 3, [1, 2, 3, 255], [1, 2, 3], []),
            (2, 1, [9, 255, 9, 0, 0, 128], [9, 255, 127], [.laidOverWhite]),
            (2, 1, [255, 255, 0, 0, 240, 128], [255, 0, 120], [.laidOverBlack]),
            (2, 1, [255, 255, 250, 255], [255, 250], []),
            (3, 1, [255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 7, 7], [76, 150, 29, 7], [.madeGrey]),
            (3, 1, [0, 0, 0, 200, 200, 200], [0, 200], []),
            (1, 3, [5, 6], [5, 5, 5, 6, 6, 6], [.repeated(channels: 3)]),
            (2, 3, [9, 255, 9, 0], [9, 9, 9, 255, 255, 255], [.laidOverWhite, .repeated(channels: 3)]),
            (4, 1, [0, 0, 255, 255], [29], [.madeGrey]),
            (2, 2, [1, 2], [1, 2], []),
        ] as [(Int, Int, [UInt8], [UInt8], [PictureStep])])
    func `channels become what the model wants`(
        channels: Int, wanted: Int, pixels: [UInt8], expected: [UInt8], steps: [PictureStep]
    ) throws {
        let width = pixels.count / channels
        let picture = Picture(height: 1, width: width, channels: channels, pixels: pixels)
        let fitted = try picture.fitted(to: Shape(1, width, wanted), inverting: false)
        #expect(fitted.picture == Picture(height: 1, width: width, channels: wanted, pixels: expected))
        #expect(fitted.steps == steps)
    }

    @Test(arguments: [(1, 2), (3, 4), (5, 1), (5, 3)])
    func `channels that nobody can make are refused`(channels: Int, wanted: Int) {
        let picture = Picture(height: 1, width: 1, channels: channels, pixels: [UInt8](repeating: 0, count: channels))
        #expect(throws: PictureError(fact: .channels(channels, wanted: wanted), offset: 0)) {
            try picture.fitted(to: Shape(1, 1, wanted))
        }
    }

    @Test func `everything that was done is told in its order`() throws {
        // A red spot on paper that is not there: twice as wide as high.
        var pixels = [UInt8](repeating: 0, count: 40 * 20 * 4)
        for row in 8..<12 {
            for column in 18..<22 {
                pixels.replaceSubrange((row * 40 + column) * 4..<(row * 40 + column) * 4 + 4, with: [255, 0, 0, 255])
            }
        }
        let fitted = try Picture(height: 20, width: 40, channels: 4, pixels: pixels).fitted(to: Shape(10, 10, 1))
        #expect(
            fitted.steps.map(\.description) == [
                "laid over white", "made grey", "inverted: dark on light", "resized from 40×20 to 10×5",
                "padded from 10×5 to 10×10",
            ])
        // The spot is one new row high, and half of two new columns wide.
        #expect(fitted.picture.pixels.filter { $0 > 0 } == [90, 90])
        #expect(fitted.picture.pixels[44...45] == [90, 90])
    }
}
