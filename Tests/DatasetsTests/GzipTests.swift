import TestSupport
import Testing

@testable import Datasets

@Suite struct GzipTests {
    private let content = Array("hello, hello, hello".utf8)

    private func decompress(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        try Gzip.decompress(bytes.span.bytes, limit: limit)
    }

    private func fact(_ bytes: [UInt8], limit: Int = 1 << 20) -> InflateError.Fact? {
        do {
            _ = try decompress(bytes, limit: limit)
            return nil
        } catch {
            return (error as? InflateError)?.fact
        }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 200_000])
    func `stored blocks hold any number of bytes`(count: Int) throws {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 >> 3) }
        #expect(try decompress(GzipWriter(content).bytes) == content)
    }

    @Test func `copies may overlap themselves`() throws {
        let tokens: [DeflateWriter.Token] = [
            .literal(1), .literal(2), .literal(3), .copy(length: 258, distance: 3), .copy(length: 3, distance: 1),
        ]
        let content = (0..<261).map { UInt8($0 % 3 + 1) } + [3, 3, 3]
        #expect(try decompress(GzipWriter(content, deflated: DeflateWriter.fixed(tokens)).bytes) == content)
    }

    @Test func `every length and distance is understood`() throws {
        var tokens = (0..<251).map { DeflateWriter.Token.literal(UInt8($0)) }
        var content = (0..<251).map { UInt8($0) }
        while content.count < 40_000 {
            tokens.append(.copy(length: 251, distance: 251))
            content += content[(content.count - 251)...]
        }
        let distances = (1...32_768).filter { $0 < 600 || $0 % 211 == 0 || $0.nonzeroBitCount < 3 || $0 > 32_700 }
        for (index, distance) in distances.enumerated() {
            let length = 3 + index % 256
            tokens.append(.copy(length: length, distance: distance))
            for _ in 0..<length { content.append(content[content.count - distance]) }
        }
        #expect(try decompress(GzipWriter(content, deflated: DeflateWriter.fixed(tokens)).bytes) == content)
    }

    @Test func `codes of up to fifteen bits are understood`() throws {
        // Lengths 1, 2, …, 14, 15, 15 form a complete code: literals 0 to 13, the end, and the copy of ten.
        var literals = [Int](repeating: 0, count: 265)
        for byte in 0..<14 { literals[byte] = byte + 1 }
        literals[256] = 15
        literals[264] = 15
        let distances = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 1]
        var tokens = (0..<14).map { DeflateWriter.Token.literal(UInt8($0)) }
        tokens += (0..<14).reversed().map { .literal(UInt8($0)) }
        var content = (0..<14).map { UInt8($0) } + (0..<14).reversed().map { UInt8($0) }
        for distance in [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33] {
            tokens.append(.copy(length: 10, distance: distance))
            for _ in 0..<10 { content.append(content[content.count - distance]) }
        }
        let deflated = DeflateWriter.dynamic(tokens, literals: literals, distances: distances)
        #expect(try decompress(GzipWriter(content, deflated: deflated).bytes) == content)
    }

    @Test func `one distance code may stand alone, and none where nothing is copied`() throws {
        var literals = [Int](repeating: 0, count: 258)
        (literals[0], literals[256], literals[257]) = (1, 2, 2)
        let copying = DeflateWriter.dynamic(
            [.literal(0), .copy(length: 3, distance: 1)], literals: literals, distances: [1])
        #expect(try decompress(GzipWriter([0, 0, 0, 0], deflated: copying).bytes) == [0, 0, 0, 0])
        let plain = DeflateWriter.dynamic([.literal(0)], literals: literals, distances: [0])
        #expect(try decompress(GzipWriter([0], deflated: plain).bytes) == [0])
    }

    @Test func `lengths that form no code are refused`() {
        var literals = [Int](repeating: 0, count: 258)
        (literals[0], literals[1], literals[256]) = (1, 1, 1)
        let crowded = DeflateWriter.dynamic([], literals: literals, distances: [1])
        #expect(fact(GzipWriter([], deflated: crowded).bytes) == .codeLengths)
        (literals[0], literals[1], literals[256]) = (0, 2, 2)
        let gaps = DeflateWriter.dynamic([], literals: literals, distances: [1])
        #expect(fact(GzipWriter([], deflated: gaps).bytes) == .codeLengths)
        (literals[0], literals[1], literals[256]) = (1, 1, 0)
        let endless = DeflateWriter.dynamic([], literals: literals, distances: [1])
        #expect(fact(GzipWriter([], deflated: endless).bytes) == .codeLengths)
    }

    @Test func `a copy may not reach back before its member`() {
        let first = GzipWriter(content).bytes
        let copy = DeflateWriter.fixed([.literal(1), .copy(length: 3, distance: 2)])
        let expected = InflateError.Fact.distance(2, available: 1)
        #expect(fact(first + GzipWriter([], deflated: copy).bytes) == expected)
    }

    @Test func `every optional header field is skipped`() throws {
        for choice in 0..<16 {
            var writer = GzipWriter(content)
            if choice & 1 != 0 { writer.extra = [UInt8](repeating: 9, count: 300) }
            if choice & 2 != 0 { writer.name = "train" }
            if choice & 4 != 0 { writer.comment = "MNIST" }
            writer.hasHeaderChecksum = choice & 8 != 0
            #expect(try decompress(writer.bytes) == content)
        }
    }

    @Test func `members follow one another, and zeros may follow them`() throws {
        let member = GzipWriter(content).bytes
        #expect(try decompress(member + member + member) == content + content + content)
        #expect(try decompress(member + [0, 0, 0]) == content)
    }

    @Test func `each mistake in the wrapper is told apart`() {
        var wrongChecksum = GzipWriter(content)
        wrongChecksum.checksum = 1
        var wrongLength = GzipWriter(content)
        wrongLength.length = 18
        var named = GzipWriter(content)
        named.hasHeaderChecksum = true
        var wrongHeader = named.bytes
        wrongHeader[4] ^= 1
        var method = GzipWriter(content).bytes
        method[2] = 7
        var flags = GzipWriter(content).bytes
        flags[3] = 0x80
        let cases: [([UInt8], InflateError.Fact)] = [
            ([], .notGzip), ([0x1F], .notGzip), (Array("plain".utf8), .notGzip), ([0x1F, 0x8B], .truncated),
            (wrongChecksum.bytes, .checksum), (wrongLength.bytes, .length(stated: 18, real: 19)),
            (wrongHeader, .headerChecksum), (method, .unknownMethod(7)), (flags, .reservedFlags(0x80)),
            (GzipWriter(content).bytes + [1, 2], .trailingBytes(2)),
        ]
        for (bytes, expected) in cases { #expect(fact(bytes) == expected) }
    }

    @Test func `a file cut off anywhere is an error`() {
        var writer = GzipWriter(content, deflated: DeflateWriter.fixed(content.map { .literal($0) }))
        writer.name = "name"
        writer.hasHeaderChecksum = true
        let bytes = writer.bytes
        for count in 0..<bytes.count { #expect(fact(Array(bytes[..<count])) != nil) }
        #expect(fact(bytes) == nil)
    }

    @Test func `expansion stops at the limit`() throws {
        // 258 bytes out of every 13 bits: 100 MB from 630 KB, of which a limit of 1,000 lets nothing be kept.
        let tokens = [.literal(0)] + [DeflateWriter.Token](repeating: .copy(length: 258, distance: 1), count: 400_000)
        let bomb = GzipWriter([], deflated: DeflateWriter.fixed(tokens)).bytes
        #expect(fact(bomb, limit: 1000) == .tooLong(limit: 1000))
        #expect(try Gzip.prefix(of: bomb.span.bytes, count: 20) == [UInt8](repeating: 0, count: 20))
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000])
    func `the checksum is gzip's`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31) }
        #expect(CRC32.checksum(of: bytes.span.bytes) == plainCRC32(bytes))
        #expect(plainCRC32(Array("123456789".utf8)) == 0xCBF4_3926)
    }
}
