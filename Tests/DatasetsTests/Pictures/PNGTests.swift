import Tensors
import Testing

@testable import Datasets

@Suite struct PNGTests {
    private static func noise(_ count: Int) -> [UInt8] {
        let source = RandomSource(seed: 1, purpose: "pixels")
        return (0..<count).map { UInt8(source.integer(below: 256, at: $0)) }
    }

    @Test(arguments: RealPNG.all)
    func `what another program wrote is read`(file: RealPNG) throws {
        #expect(try Picture(png: file.bytes) == file.picture)
    }

    @Test(arguments: [0, 2, 3, 4, 6] as [UInt8], [1, 2, 4, 8, 16] as [UInt8])
    func `every filter is undone at every depth`(colorType: UInt8, depth: UInt8) throws {
        guard PNGHeader.ColorType(rawValue: Int(colorType))?.depths.contains(Int(depth)) == true else { return }
        var writer = PNGWriter(width: 7, height: 6, depth: depth, colorType: colorType, [])
        writer.content = Self.noise(writer.rowBytes * writer.height)
        if colorType == 3 { writer.chunks = [("PLTE", Self.noise(768))] }
        let plain = try Picture(png: writer.bytes)
        // In the first row, too, there is nothing above.
        for filters in [[1], [2], [3], [4], [4, 3, 2, 1, 0], [0, 4, 1, 3, 2, 4]] as [[UInt8]] {
            writer.filters = filters
            #expect(try Picture(png: writer.bytes) == plain)
        }
        if depth == 8, colorType != 3 { #expect(plain.pixels == writer.content) }
    }

    @Test(
        arguments: [
            (1, [0b0100_0000], [0, 255]),
            (2, [0b0001_1011], [0, 85, 170, 255]),
            (4, [0x01, 0x7F], [0, 17, 119, 255]),
            (8, [0, 1, 128, 255], [0, 1, 128, 255]),
            (16, [0, 0, 0, 128, 0, 129, 128, 128, 255, 255], [0, 0, 1, 128, 255]),
        ] as [(UInt8, [UInt8], [UInt8])])
    func `every depth spans black to white`(depth: UInt8, content: [UInt8], expected: [UInt8]) throws {
        let writer = PNGWriter(width: expected.count, height: 1, depth: depth, content)
        #expect(try Picture(png: writer.bytes).pixels == expected)
    }

    @Test(arguments: [(1, [0b0100_0000]), (2, [0b0001_0000]), (4, [0x01]), (8, [0, 1])] as [(UInt8, [UInt8])])
    func `a palette gives colours, and some of them an opacity`(depth: UInt8, content: [UInt8]) throws {
        var writer = PNGWriter(width: 2, height: 1, depth: depth, colorType: 3, content)
        writer.chunks = [("PLTE", [1, 2, 3, 4, 5, 6])]
        #expect(try Picture(png: writer.bytes).pixels == [1, 2, 3, 4, 5, 6])
        writer.chunks.append(("tRNS", [77]))
        #expect(try Picture(png: writer.bytes).pixels == [1, 2, 3, 77, 4, 5, 6, 255])
    }

    @Test func `one colour may be transparent, compared in all its bits`() throws {
        var grey = PNGWriter(width: 2, height: 1, depth: 16, [1, 2, 1, 3])
        grey.chunks = [("tRNS", [1, 3])]
        #expect(try Picture(png: grey.bytes).pixels == [1, 255, 1, 0])
        var color = PNGWriter(width: 3, height: 1, colorType: 2, [1, 2, 3, 1, 2, 4, 9, 2, 3])
        color.chunks = [("tRNS", [0, 1, 0, 2, 0, 3])]
        #expect(try Picture(png: color.bytes).pixels == [1, 2, 3, 0, 1, 2, 4, 255, 9, 2, 3, 255])
        // A palette is no more than advice here.
        grey.chunks.insert(("PLTE", [1, 2, 3]), at: 0)
        #expect(try Picture(png: grey.bytes).pixels == [1, 255, 1, 0])
        // Where every pixel has its own opacity it means nothing.
        var alpha = PNGWriter(width: 1, height: 1, colorType: 4, [8, 9])
        alpha.chunks = [("tRNS", [1])]
        #expect(try Picture(png: alpha.bytes).pixels == [8, 9])
    }

    @Test func `pixels may come in pieces, between and after chunks that nobody knows`() throws {
        var writer = PNGWriter(width: 20, height: 20, Self.noise(400))
        writer.pieceSize = 7
        writer.chunks = [("tEXt", [1, 2, 3]), ("zzZz", [])]
        let bytes = writer.bytes + [1, 2, 3]
        #expect(try Picture(png: bytes).pixels == writer.content)
    }
}
