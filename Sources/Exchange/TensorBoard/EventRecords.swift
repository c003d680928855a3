/// The frame around each event of a file, as TFRecord files have it:
///
///     8 bytes: length of the data, little-endian
///     4 bytes: masked checksum of these
///     data
///     4 bytes: masked checksum of the data
enum EventRecord {
    private static let headSize = 12
    private static let tailSize = 4

    static func framed(_ data: [UInt8]) -> [UInt8] {
        let length = littleEndianBytes([UInt64(data.count)])
        return length + littleEndianBytes([CRC32C.masked(of: length)]) + data
            + littleEndianBytes([CRC32C.masked(of: data)])
    }

    /// Where the data of the record that begins at `start` lie, and where the next begins; nil if it is cut off or
    /// damaged.
    static func data(in file: [UInt8], from start: Int) -> (range: Range<Int>, next: Int)? {
        guard file.count - start >= headSize + tailSize else { return nil }
        let length = number(file[start..<start + 8])
        guard number(file[start + 8..<start + headSize]) == UInt64(CRC32C.masked(of: file[start..<start + 8])),
            length <= UInt64(file.count - start - headSize - tailSize)
        else { return nil }
        let range = start + headSize..<start + headSize + Int(length)
        let next = range.upperBound + tailSize
        guard number(file[range.upperBound..<next]) == UInt64(CRC32C.masked(of: file[range])) else { return nil }
        return (range, next)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
