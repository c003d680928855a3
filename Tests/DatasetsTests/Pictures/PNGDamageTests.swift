import Testing

@testable import Datasets

@Suite struct PNGDamageTests {
    /// Three by two pixels of grey.
    private static let small = PNGWriter(width: 3, height: 2, [1, 2, 3, 4, 5, 6])

    private static func changed(_ change: (inout PNGWriter) -> Void) -> [UInt8] {
        var writer = small
        change(&writer)
        return writer.bytes
    }

    private static func flipped(at index: Int) -> [UInt8] {
        var bytes = small.bytes
        bytes[index] ^= 1
        return bytes
    }

    /// What nothing that is damaged can be cured by.
    private static let remedy = "; save or fetch the picture again"

    private static let damages: [(file: [UInt8], message: String)] = [
        (PNGWriter.signature, "byte 8: the file ends too early" + remedy),
        (Array(small.bytes.dropLast()), "byte 75: the file ends too early" + remedy),
        (flipped(at: 17), "byte 29: the checksum of chunk IHDR is wrong" + remedy),
        (flipped(at: 45), "byte 60: the checksum of chunk IDAT is wrong" + remedy),
        (
            PNGWriter.signature + PNGWriter.chunk("IDAT", []), "byte 12: there is no chunk IHDR" + remedy
        ),
        (
            PNGWriter.signature + PNGWriter.chunk("IHDR", [1, 2]), "byte 16: chunk IHDR cannot have 2 bytes" + remedy
        ),
        (changed { ($0.width, $0.stream) = (0, [0]) }, "byte 16: a picture of 0 × 2 pixels shows nothing" + remedy),
        (
            changed { ($0.height, $0.stream) = (0xFFFF_FFFF, [0]) },
            "byte 16: the picture claims 3 × 4294967295 pixels, and at most 33554432 are read; scale it down"
        ),
        (
            changed { ($0.width, $0.height, $0.stream) = (5793, 5793, [0]) },
            "byte 16: the picture claims 5793 × 5793 pixels, and at most 33554432 are read; scale it down"
        ),
        (changed { $0.depth = 3 }, "byte 24: colour type 0 with 3 bits does not exist" + remedy),
        (
            changed {
                $0.colorType = 2
                $0.depth = 4
            }, "byte 24: colour type 2 with 4 bits does not exist" + remedy
        ),
        (changed { $0.colorType = 5 }, "byte 24: colour type 5 with 8 bits does not exist" + remedy),
        (changed { $0.methods[0] = 1 }, "byte 26: compression method 1 does not exist" + remedy),
        (changed { $0.methods[1] = 64 }, "byte 27: filter method 64 does not exist" + remedy),
        (changed { $0.methods[2] = 1 }, "byte 28: the picture is interlaced; save it without interlacing"),
        (changed { $0.methods[2] = 2 }, "byte 28: interlace method 2 does not exist" + remedy),
        (changed { $0.filters = [0, 5] }, "byte 41: row 1 has filter 5, which does not exist" + remedy),
        (changed { $0.stream = [] }, "byte 45: there is no chunk IDAT" + remedy),
        (
            changed { $0.chunks = [("CgBI", [])] },
            "byte 37: chunk CgBI is unknown and must not be skipped" + remedy
        ),
        (
            changed { $0.chunks = [("a\u{7}b ", [])] },
            "byte 37: chunk without a name is unknown and must not be skipped" + remedy
        ),
        (changed { $0.colorType = 3 }, "byte 41: there is no chunk PLTE" + remedy),
        (
            changed {
                $0.colorType = 3
                $0.chunks = [("PLTE", [1, 2, 3, 4])]
            },
            "byte 41: chunk PLTE cannot have 4 bytes" + remedy
        ),
        (
            changed {
                $0.colorType = 3
                $0.chunks = [("PLTE", [1, 2, 3, 4, 5, 6])]
            },
            "byte 59: colour 2 is used, and the palette has 2" + remedy
        ),
        (changed { $0.chunks = [("tRNS", [1])] }, "byte 41: chunk tRNS cannot have 1 bytes" + remedy),
        (
            changed { $0.stream = PNGWriter.zlib([0, 1, 2, 3]) },
            "byte 41: within the pixels' data, byte 11: 8 decompressed bytes are stated, 4 were found" + remedy
        ),
        (
            changed { $0.stream = PNGWriter.zlib([UInt8](repeating: 0, count: 9)) },
            "byte 41: within the pixels' data, byte 7: the data expands beyond 8 bytes" + remedy
        ),
        (
            changed { $0.stream = [0x79, 1] + PNGWriter.zlib($0.filtered).dropFirst(2) },
            "byte 41: within the pixels' data, byte 0: not a zlib stream" + remedy
        ),
        (
            changed { $0.stream = [0x78, 0x20] + PNGWriter.zlib($0.filtered).dropFirst(2) },
            "byte 41: within the pixels' data, byte 1: a preset dictionary is needed" + remedy
        ),
        (
            changed { $0.stream = PNGWriter.zlib($0.filtered).dropLast(4) + [0, 0, 0, 1] },
            "byte 41: within the pixels' data, byte 15: the checksum of the decompressed data is wrong" + remedy
        ),
        (
            changed { $0.stream = PNGWriter.zlib($0.filtered).dropLast() },
            "byte 41: within the pixels' data, byte 18: the compressed data ends too early" + remedy
        ),
    ]

    private static func message(_ file: [UInt8]) -> String? {
        do {
            _ = try Picture(png: file)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func `each mistake is a line that says where and what helps`() throws {
        #expect(Self.message(Self.small.bytes) == nil)
        for (file, expected) in Self.damages { #expect(Self.message(file) == expected) }
    }

    @Test func `a file cut off or changed anywhere is an error`() {
        let bytes = Self.small.bytes
        for count in 8..<bytes.count { #expect(Self.message(Array(bytes[..<count])) != nil) }
        for index in 8..<bytes.count { #expect(Self.message(Self.flipped(at: index)) != nil) }
    }

    @Test func `neither a claim nor a bomb takes memory`() async {
        // In a process of its own, where no other test takes any.
        await #expect(processExitsWith: .success) { PNGDamageTests.checkMemoryOfClaimAndBomb() }
    }

    private static func checkMemoryOfClaimAndBomb() {
        // 33 million pixels of eight bytes each are claimed, and nothing is there.
        let claim = Self.changed {
            ($0.width, $0.height, $0.depth, $0.colorType) = (1 << 13, 1 << 12, 16, 6)
            $0.stream = PNGWriter.zlib([])
        }
        let tokens = [.literal(0)] + [DeflateWriter.Token](repeating: .copy(length: 258, distance: 1), count: 400_000)
        let bomb = Self.changed { $0.stream = PNGWriter.zlib([], deflated: DeflateWriter.fixed(tokens)) }
        let before = peakMemory()
        #expect(Self.message(claim)?.contains("268439552 decompressed bytes are stated, 0 were found") == true)
        #expect(Self.message(bomb)?.contains("the data expands beyond 8 bytes") == true)
        #expect(peakMemory() - before < 64 << 20)
    }

    @Test(arguments: [0, 1, 5551, 5552, 5553, 40_000])
    func `the checksum is zlib's`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 | 0xF0) }
        #expect(Int(Zlib.checksum(of: bytes.span.bytes)) == plainAdler32(bytes))
        #expect(plainAdler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    }
}
