import Datasets

/// A zip archive of members that are stored as they are (PKWARE's APPNOTE, without zip64).
///
///     var zip = ZipWriter()
///     try zip.add("config.json", Array(text.utf8))
///     let file = zip.finish()
struct ZipWriter {
    private var file: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// What the format's numbers of 16 and 32 bits can say.
    private static let mostMembers = 0xFFFE, mostBytes = 0xFFFF_FFFE
    /// Version 2.0 of the format, for folders within names; names are UTF-8; the first day that it knows, so that
    /// equal contents give equal files.
    private static let version: UInt16 = 20, utf8: UInt16 = 1 << 11, date: UInt16 = 1 << 5 | 1

    mutating func add(_ name: String, _ content: [UInt8]) throws(ExportError) {
        let offset = file.count
        guard count < Self.mostMembers, name.utf8.count <= 0xFFFF,
            offset + directory.count + content.count + 1 << 20 <= Self.mostBytes
        else { throw ExportError(["zip archives hold no more than 4 GiB and 65,534 members"]) }
        let size = UInt32(content.count)
        // Version, flags, method, time, date; then the checksum, the sizes, and the lengths of the name and extra field.
        let fields =
            littleEndianBytes([Self.version, Self.utf8, 0, 0, Self.date])
            + littleEndianBytes([CRC32.checksum(of: content.span.bytes), size, size])
            + littleEndianBytes([UInt16(name.utf8.count), 0])
        file += littleEndianBytes([UInt32(0x0403_4B50)]) + fields + name.utf8 + content
        directory += littleEndianBytes([UInt32(0x0201_4B50)]) + littleEndianBytes([Self.version]) + fields
        // Comment, disk and attributes are none.
        directory += [UInt8](repeating: 0, count: 10) + littleEndianBytes([UInt32(offset)]) + name.utf8
        count += 1
    }

    /// The whole archive.
    consuming func finish() -> [UInt8] {
        let members = UInt16(count)
        return file + directory + littleEndianBytes([UInt32(0x0605_4B50)])
            + littleEndianBytes([UInt16(0), 0, members, members])
            + littleEndianBytes([UInt32(directory.count), UInt32(file.count)]) + littleEndianBytes([UInt16(0)])
    }
}
