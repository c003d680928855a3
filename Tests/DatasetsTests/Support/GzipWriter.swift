import TestSupport

/// One gzip member around a deflate stream, with any header, and with mistakes where a test wants them.
struct GzipWriter {
    var content: [UInt8]
    var deflated: [UInt8]?
    var extra: [UInt8]?
    var name: String?
    var comment: String?
    var hasHeaderChecksum = false
    var checksum: UInt32?
    var length: UInt32?

    init(_ content: [UInt8], deflated: [UInt8]? = nil) {
        self.content = content
        self.deflated = deflated
    }

    var bytes: [UInt8] {
        var flags: UInt8 = 0
        if hasHeaderChecksum { flags |= 2 }
        if extra != nil { flags |= 4 }
        if name != nil { flags |= 8 }
        if comment != nil { flags |= 16 }
        var bytes: [UInt8] = [0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 3]
        if let extra { bytes += [UInt8(extra.count & 0xFF), UInt8(extra.count >> 8)] + extra }
        if let name { bytes += Array(name.utf8) + [0] }
        if let comment { bytes += Array(comment.utf8) + [0] }
        if hasHeaderChecksum { bytes += littleEndian(plainCRC32(bytes)).prefix(2) }
        bytes += deflated ?? DeflateWriter.stored(content)
        bytes += littleEndian(checksum ?? plainCRC32(content))
        bytes += littleEndian(length ?? UInt32(content.count))
        return bytes
    }
}

func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

func bigEndian(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
}
