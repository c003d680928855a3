/// The checksum of gzip and zip, eight bytes a step.
package enum CRC32 {
    /// The checksum of some bytes.
    package static func checksum(of bytes: RawSpan) -> UInt32 {
        let tables = tables.span
        var crc: UInt32 = 0xFFFF_FFFF
        var offset = 0
        while offset + 8 <= bytes.byteCount {
            let next = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let word = next ^ UInt64(crc)
            crc = 0
            for index in 0..<8 {
                crc ^= tables[(7 - index) << 8 | Int(word >> UInt64(8 * index) & 0xFF)]
            }
            offset += 8
        }
        while offset < bytes.byteCount {
            crc = crc >> 8 ^ tables[Int(crc & 0xFF ^ UInt32(bytes[offset]))]
            offset += 1
        }
        return ~crc
    }

    /// Table k tells what a byte does to the checksum k bytes later.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
            tables[byte] = crc
        }
        for index in 256..<8 * 256 {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return tables
    }()
}
