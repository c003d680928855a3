/// Reads zlib streams (RFC 1950), in which PNG keeps its pixels.
enum Zlib {
    /// Decompresses a stream that must hold just so many bytes; more are an error, found before they take memory.
    static func decompress(_ bytes: RawSpan, count: Int) throws(InflateError) -> [UInt8] {
        guard bytes.byteCount >= 2 else { throw InflateError(fact: .truncated, offset: bytes.byteCount) }
        let (method, flags) = (bytes[0], bytes[1])
        guard method & 0x0F == 8, method >> 4 <= 7, (Int(method) << 8 | Int(flags)) % 31 == 0 else {
            throw InflateError(fact: .notZlib, offset: 0)
        }
        guard flags & 0x20 == 0 else { throw InflateError(fact: .dictionary, offset: 1) }
        // Deflate expands 1032-fold at most: a short stream gets no memory for what it only claims to hold.
        var inflate = Inflate(limit: count, expecting: min(count, bytes.byteCount * 1032))
        let end = try inflate.run(bytes, from: 2)
        guard inflate.written == count else {
            throw InflateError(fact: .length(stated: count, real: inflate.written), offset: end)
        }
        guard end + 4 <= bytes.byteCount else { throw InflateError(fact: .truncated, offset: bytes.byteCount) }
        let content = inflate.finish()
        guard checksum(of: content.span.bytes) == bytes.bigEndianWord(at: end) else {
            throw InflateError(fact: .checksum, offset: end)
        }
        return content
    }

    /// Adler's checksum.
    static func checksum(of bytes: RawSpan) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        var offset = 0
        while offset < bytes.byteCount {
            // The most bytes after which the sums still fit into 32 bits.
            let end = min(offset + 5552, bytes.byteCount)
            while offset < end {
                a &+= UInt32(bytes[offset])
                b &+= a
                offset += 1
            }
            a %= 65_521
            b %= 65_521
        }
        return b << 16 | a
    }
}

extension RawSpan {
    /// Four bytes as zlib and PNG store numbers.
    func bigEndianWord(at offset: Int) -> UInt32 {
        UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
