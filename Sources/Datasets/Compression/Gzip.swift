/// Reads gzip files (RFC 1952): any header, any number of members, every checksum and length verified.
package enum Gzip {
    /// Whether the bytes begin as a gzip file does.
    package static func isGzip(_ bytes: RawSpan) -> Bool {
        bytes.byteCount >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
    }

    /// Decompresses a whole file; more than `limit` bytes are an error, found before they take memory.
    package static func decompress(_ bytes: RawSpan, limit: Int) throws(InflateError) -> [UInt8] {
        try decompress(bytes, Inflate(limit: limit, expecting: expectedCount(bytes)))
    }

    /// Only the first bytes, for a look at a header before the rest is given memory.
    package static func prefix(of bytes: RawSpan, count: Int) throws(InflateError) -> [UInt8] {
        try decompress(bytes, Inflate(limit: count, excess: .isLeftOut))
    }

    private static func decompress(_ bytes: RawSpan, _ start: consuming Inflate) throws(InflateError) -> [UInt8] {
        var inflate = start
        var offset = 0
        repeat {
            offset = try skipHeader(bytes, at: offset)
            let memberStart = inflate.written
            offset = try inflate.run(bytes, from: offset)
            if inflate.isCutOff { break }
            guard offset + 8 <= bytes.byteCount else {
                throw InflateError(fact: .truncated, offset: bytes.byteCount)
            }
            guard inflate.checksum(from: memberStart) == bytes.word(at: offset) else {
                throw InflateError(fact: .checksum, offset: offset)
            }
            let count = inflate.written - memberStart
            guard UInt32(truncatingIfNeeded: count) == bytes.word(at: offset + 4) else {
                let stated = Int(bytes.word(at: offset + 4))
                throw InflateError(fact: .length(stated: stated, real: count), offset: offset + 4)
            }
            offset += 8
        } while try !isEnd(bytes, at: offset)
        return inflate.finish()
    }

    /// The size that the last member states, where the input is long enough to hold it: deflate expands 1032-fold at most.
    private static func expectedCount(_ bytes: RawSpan) -> Int {
        guard bytes.byteCount >= 18 else { return 0 }
        return min(Int(bytes.word(at: bytes.byteCount - 4)), bytes.byteCount * 1032)
    }

    /// Zeros may follow, as tapes leave them; another member may; nothing else.
    private static func isEnd(_ bytes: RawSpan, at offset: Int) throws(InflateError) -> Bool {
        if isGzip(bytes.extracting(offset...)) { return false }
        for index in offset..<bytes.byteCount where bytes[index] != 0 {
            throw InflateError(fact: .trailingBytes(bytes.byteCount - offset), offset: offset)
        }
        return true
    }

    private static func skipHeader(_ bytes: RawSpan, at start: Int) throws(InflateError) -> Int {
        guard isGzip(bytes.extracting(start...)) else { throw InflateError(fact: .notGzip, offset: start) }
        guard bytes.byteCount >= start + 10 else { throw InflateError(fact: .truncated, offset: bytes.byteCount) }
        let method = bytes[start + 2]
        guard method == 8 else { throw InflateError(fact: .unknownMethod(method), offset: start + 2) }
        let flags = bytes[start + 3]
        guard flags & 0xE0 == 0 else { throw InflateError(fact: .reservedFlags(flags & 0xE0), offset: start + 3) }

        var offset = start + 10
        if flags & 0x04 != 0 {  // extra field
            guard offset + 2 <= bytes.byteCount else { throw InflateError(fact: .truncated, offset: bytes.byteCount) }
            offset += 2 + Int(bytes[offset]) + Int(bytes[offset + 1]) << 8
        }
        for flag in [0x08, 0x10] as [UInt8] where flags & flag != 0 {  // file name, comment
            while offset < bytes.byteCount, bytes[offset] != 0 { offset += 1 }
            offset += 1
        }
        if flags & 0x02 != 0 {  // checksum of the header
            guard offset + 2 <= bytes.byteCount else { throw InflateError(fact: .truncated, offset: bytes.byteCount) }
            let checksum = CRC32.checksum(of: bytes.extracting(start..<offset)) & 0xFFFF
            guard checksum == UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 else {
                throw InflateError(fact: .headerChecksum, offset: offset)
            }
            offset += 2
        }
        guard offset <= bytes.byteCount else { throw InflateError(fact: .truncated, offset: bytes.byteCount) }
        return offset
    }
}

extension RawSpan {
    /// Four bytes as gzip and zip store numbers.
    func word(at offset: Int) -> UInt32 {
        UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
