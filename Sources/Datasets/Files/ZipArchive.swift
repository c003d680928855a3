/// The members of a zip archive that is wholly in memory, stored or deflated (PKWARE's APPNOTE, without zip64).
package struct ZipArchive {
    /// Of all members, in the archive's order.
    package let names: [String]
    private let file: [UInt8]
    /// Where the directory has a member, by its name.
    private let entries: [String: Int]

    private static let endSignature: UInt32 = 0x0605_4B50
    private static let entrySignature: UInt32 = 0x0201_4B50
    private static let memberSignature: UInt32 = 0x0403_4B50

    /// Finds the directory, which is told of at the end, before a comment of any length.
    package init(_ file: [UInt8]) throws(ArchiveError) {
        let bytes = file.span.bytes
        var end = file.count - 22
        while end >= 0, bytes.word(at: end) != Self.endSignature {
            end -= 1
            guard end >= file.count - 22 - 0xFFFF else { break }
        }
        guard end >= 0, bytes.word(at: end) == Self.endSignature else { throw ArchiveError(fact: .notZip, offset: 0) }
        let start = Int(bytes.word(at: end + 16))
        let size = Int(bytes.word(at: end + 12))
        guard start + size <= end else { throw ArchiveError(fact: .truncated, offset: end + 12) }
        var names: [String] = []
        var entries: [String: Int] = [:]
        var entry = start
        while entry + 46 <= start + size, bytes.word(at: entry) == Self.entrySignature {
            let nameLength = bytes.half(at: entry + 28)
            let next = entry + 46 + nameLength + bytes.half(at: entry + 30) + bytes.half(at: entry + 32)
            guard next <= start + size else { throw ArchiveError(fact: .truncated, offset: entry + 28) }
            let name = String(decoding: file[entry + 46..<entry + 46 + nameLength], as: UTF8.self)
            // Of two members of one name the last counts, as for Python: that is how one is replaced by appending.
            if entries.updateValue(entry, forKey: name) == nil { names.append(name) }
            entry = next
        }
        self.names = names
        self.entries = entries
        self.file = file
    }

    /// A member's content, its length and checksum verified; never more than the archive says, nor than `limit`.
    package func member(_ name: String, limit: Int) throws(ArchiveError) -> [UInt8] {
        guard let entry = entries[name] else { throw ArchiveError(fact: .noMember(name), offset: 0) }
        return try content(ofEntry: entry, name: name, limit: limit)
    }

    private func content(ofEntry entry: Int, name: String, limit: Int) throws(ArchiveError) -> [UInt8] {
        let bytes = file.span.bytes
        let packedSize = Int(bytes.word(at: entry + 20))
        let size = Int(bytes.word(at: entry + 24))
        let header = Int(bytes.word(at: entry + 42))
        guard bytes.half(at: entry + 8) & 1 == 0 else {
            throw ArchiveError(fact: .unsupported("encryption"), offset: entry + 8)
        }
        guard packedSize != 0xFFFF_FFFF, size <= limit else {
            throw ArchiveError(fact: .unsupported("a member of \(size) bytes"), offset: entry + 20)
        }
        guard header + 30 <= file.count, bytes.word(at: header) == Self.memberSignature else {
            throw ArchiveError(fact: .truncated, offset: entry + 42)
        }
        // The header before the content may have an extra field of another length than the directory's.
        let start = header + 30 + bytes.half(at: header + 26) + bytes.half(at: header + 28)
        guard start + packedSize <= file.count else { throw ArchiveError(fact: .truncated, offset: entry + 20) }

        let content = try unpack(start..<start + packedSize, ofEntry: entry, size: size, name: name)
        let checksum = CRC32.checksum(of: content.span.bytes)
        guard content.count == size, checksum == bytes.word(at: entry + 16) else {
            throw ArchiveError(fact: .memberChecksum(name), offset: start)
        }
        return content
    }

    private func unpack(
        _ range: Range<Int>, ofEntry entry: Int, size: Int, name: String
    ) throws(ArchiveError) -> [UInt8] {
        switch file.span.bytes.half(at: entry + 10) {
        case 0: return Array(file[range])
        case 8: return try inflate(range, size: size, name: name)
        case let method: throw ArchiveError(fact: .unsupported("compression method \(method)"), offset: entry + 10)
        }
    }

    private func inflate(_ range: Range<Int>, size: Int, name: String) throws(ArchiveError) -> [UInt8] {
        do throws(InflateError) {
            var inflate = Inflate(limit: size, expecting: min(size, range.count * 1032))
            _ = try inflate.run(file.span.bytes.extracting(..<range.upperBound), from: range.lowerBound)
            return inflate.finish()
        } catch {
            throw ArchiveError(fact: .member(name, error), offset: error.offset)
        }
    }
}

extension RawSpan {
    /// Two bytes as zip and NumPy store numbers.
    func half(at offset: Int) -> Int {
        Int(UInt16(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }
}
