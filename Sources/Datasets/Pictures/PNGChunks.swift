/// Walks along a PNG file's chunks (PNG specification, section 5), each checksum verified.
struct PNGChunks {
    /// One chunk: its type in four letters, and where its content lies in the file.
    struct Chunk {
        let type: String
        let content: Range<Int>

        /// A capital first letter forbids readers to go on without understanding the chunk.
        var isCritical: Bool { type.first?.isUppercase == true }
    }

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private var offset = signature.count

    mutating func next(in file: RawSpan) throws(PictureError) -> Chunk {
        let start = offset + 8
        guard start + 4 <= file.byteCount else { throw PictureError(fact: .truncated, offset: file.byteCount) }
        let length = Int(file.bigEndianWord(at: offset))
        let end = start + length
        guard end + 4 <= file.byteCount else { throw PictureError(fact: .truncated, offset: file.byteCount) }
        let letters = (offset + 4..<start).map { file[$0] }
        let isName = letters.allSatisfy { 65...90 ~= $0 || 97...122 ~= $0 }
        let type = isName ? String(decoding: letters, as: UTF8.self) : "without a name"
        guard CRC32.checksum(of: file.extracting(offset + 4..<end)) == file.bigEndianWord(at: end) else {
            throw PictureError(fact: .chunkChecksum(type), offset: end)
        }
        guard isName else { throw PictureError(fact: .chunk(type), offset: offset + 4) }
        offset = end + 4
        return Chunk(type: type, content: start..<end)
    }
}
