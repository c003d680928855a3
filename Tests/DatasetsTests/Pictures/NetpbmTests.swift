import Testing

@testable import Datasets

@Suite struct NetpbmTests {
    private static func file(_ header: String, _ raster: [UInt8] = []) -> [UInt8] { Array(header.utf8) + raster }

    private static let wide: [UInt8] = [0, 0, 0, 2, 1, 0x2C, 2, 0x58]

    private static let good: [(file: [UInt8], width: Int, channels: Int, pixels: [UInt8])] = [
        (file("P5 3 2 255\n", [0, 1, 2, 253, 254, 255]), 3, 1, [0, 1, 2, 253, 254, 255]),
        (file("P5\n# by hand\n3\t2\n#\n255\r", [10, 13, 32, 35, 48, 0]), 3, 1, [10, 13, 32, 35, 48, 0]),
        (file("P2 3 1 255 0 128 255"), 3, 1, [0, 128, 255]),
        (file("P2# a\n3# b\n1 255\n0 # c\n128\n\n255\n"), 3, 1, [0, 128, 255]),
        (file("P6 2 1 255 ", [1, 2, 3, 4, 5, 6]), 2, 3, [1, 2, 3, 4, 5, 6]),
        (file("P3 1 2 10 0 5 10 1 2 3"), 1, 3, [0, 128, 255, 26, 51, 77]),
        (file("P5 4 1 600 ", wide), 4, 1, [0, 1, 128, 255]),
        (file("P2 2 1 65535 65535 257"), 2, 1, [255, 1]),
        (file("P5 2 1 1 ", [0, 1]), 2, 1, [0, 255]),
        (file("P5 1 1 255 ", [9, 8, 7]), 1, 1, [9]),
    ]

    @Test func `grey and colour are read, in digits and in bytes, whatever the greatest value`() throws {
        for (file, width, channels, pixels) in Self.good {
            let picture = try Picture(netpbm: file)
            #expect(picture.width == width && picture.channels == channels)
            #expect(picture.pixels == pixels)
        }
    }

    private static let remedy = "; save or fetch the picture again"

    private static let bad: [(file: [UInt8], message: String)] = [
        (file("P5"), "byte 2: the file ends too early" + remedy),
        (file("P5 3 2"), "byte 6: the file ends too early" + remedy),
        (file("P5 3 2 255"), "byte 10: the file ends too early" + remedy),
        (file("P5 3 2 255\n", [1, 2, 3, 4, 5]), "byte 16: the file ends too early" + remedy),
        (file("P5 1 1 256 ", [1]), "byte 12: the file ends too early" + remedy),
        (file("P2 2 1 9 1 "), "byte 11: the file ends too early" + remedy),
        (file("P5 -3 2 255 "), "byte 3: a number should be here" + remedy),
        (file("P2 3x 2 255 "), "byte 4: a number should be here" + remedy),
        (file("P5 3 2 255#"), "byte 10: a number should be here" + remedy),
        (file("P2 1 1 255 1.5"), "byte 12: a number should be here" + remedy),
        (file("P5 3 0 255 "), "byte 2: a picture of 3 × 0 pixels shows nothing" + remedy),
        (file("P5 3 2 0 "), "byte 8: the greatest value is 0, and must be from 1 to 65535" + remedy),
        (file("P5 3 2 65536 "), "byte 12: the greatest value is 65536, and must be from 1 to 65535" + remedy),
        (file("P5 1 1 9 ", [10]), "byte 10: the value 10 is beyond 9, the greatest" + remedy),
        (file("P2 1 1 9 10"), "byte 11: the value 10 is beyond 9, the greatest" + remedy),
        (
            file("P2 99999999999999999999999 2 255 "),
            "byte 2: the picture claims 1099511627776 × 2 pixels, and at most 33554432 are read; scale it down"
        ),
        (file("P2 4096 4096 255 0 0 0"), "byte 22: the file ends too early" + remedy),
    ]

    @Test func `each mistake is a line that says where and what helps`() {
        for (file, expected) in Self.bad {
            #expect(throws: PictureError.self) { try Picture(netpbm: file) }
            do { _ = try Picture(netpbm: file) } catch { #expect("\(error)" == expected) }
        }
    }
}
