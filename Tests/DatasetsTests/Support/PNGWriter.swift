import TestSupport

/// A PNG file with any header, filters and chunks, and with mistakes where a test wants them.
struct PNGWriter {
    var width: Int
    var height: Int
    var depth: UInt8
    var colorType: UInt8
    /// Compression, filter and interlace methods.
    var methods: [UInt8] = [0, 0, 0]
    /// All rows as they are before filters, packed as the depth says.
    var content: [UInt8]
    /// For one row after the other, over and over.
    var filters: [UInt8] = [0]
    /// Instead of what follows from content and filters.
    var stream: [UInt8]?
    /// Chunks between the header and the pixels.
    var chunks: [(type: String, content: [UInt8])] = []
    /// Bytes of an IDAT chunk.
    var pieceSize = Int.max

    init(width: Int, height: Int, depth: UInt8 = 8, colorType: UInt8 = 0, _ content: [UInt8]) {
        (self.width, self.height, self.depth, self.colorType, self.content) = (width, height, depth, colorType, content)
    }

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private var samples: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }
    var rowBytes: Int { (width * samples * Int(depth) + 7) / 8 }

    var header: [UInt8] { bigEndian(width) + bigEndian(height) + [depth, colorType] + methods }

    var bytes: [UInt8] {
        var bytes = Self.signature + Self.chunk("IHDR", header)
        for (type, content) in chunks { bytes += Self.chunk(type, content) }
        var rest = (stream ?? Self.zlib(filtered))[...]
        while !rest.isEmpty {
            bytes += Self.chunk("IDAT", Array(rest.prefix(pieceSize)))
            rest = rest.dropFirst(pieceSize)
        }
        return bytes + Self.chunk("IEND", [])
    }

    /// The rows with their filters, as they are compressed.
    var filtered: [UInt8] {
        let step = max(1, samples * Int(depth) / 8)
        func byte(_ row: Int, _ index: Int) -> Int {
            row < 0 || index < 0 ? 0 : Int(content[(row * rowBytes + index) % content.count])
        }
        return (0..<height).flatMap { row in
            let filter = filters[row % filters.count]
            return [filter]
                + (0..<rowBytes).map { index in
                    let left = byte(row, index - step)
                    let above = byte(row - 1, index)
                    let corner = index < step ? 0 : byte(row - 1, index - step)
                    let guess = left + above - corner
                    let nearest = [left, above, corner].min { abs(guess - $0) < abs(guess - $1) } ?? 0
                    let foretold = [0, left, above, (left + above) / 2, nearest]
                    return UInt8(truncatingIfNeeded: byte(row, index) - foretold[min(Int(filter), 4)])
                }
        }
    }

    static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return bigEndian(content.count) + body + littleEndian(plainCRC32(body)).reversed()
    }

    static func zlib(_ content: [UInt8], deflated: [UInt8]? = nil) -> [UInt8] {
        [0x78, 0x01] + (deflated ?? DeflateWriter.stored(content)) + bigEndian(plainAdler32(content))
    }

    /// Every checksum made right again after bytes were changed, as far as chunks can be followed.
    @Sendable static func repair(_ file: inout [UInt8]) {
        var offset = 8
        while offset + 12 <= file.count {
            let length = file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = offset + 8 + length
            guard end + 4 <= file.count else { break }
            let checksum = littleEndian(plainCRC32(file[offset + 4..<end])).reversed()
            file.replaceSubrange(end..<end + 4, with: checksum)
            offset = end + 4
        }
    }
}

/// The checksum byte by byte, as its definition says.
func plainAdler32(_ bytes: [UInt8]) -> Int {
    var (a, b) = (1, 0)
    for byte in bytes {
        a = (a + Int(byte)) % 65_521
        b = (b + a) % 65_521
    }
    return b << 16 | a
}
