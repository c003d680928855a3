/// Reads a file from its root group downwards.
///
/// A file of HDF5 is a graph of blocks that name each other by their addresses. A hostile one names blocks again and
/// again, or in circles. So everything that is read costs its size from an allowance that is a multiple of the file's.
struct HDF5Reader {
    private let file: [UInt8]
    private var allowance: Int
    /// Of every heap that was read, where its objects lie.
    var heaps: [Int: [Int: Range<Int>]] = [:]

    /// Groups within groups; Keras's files have a handful.
    static let deepest = 64

    init(_ file: [UInt8]) {
        self.file = file
        allowance = 8 * file.count + 1 << 20
    }

    /// Reads the whole tree.
    mutating func root() throws(HDF5Error) -> HDF5Group {
        guard file.starts(with: [0x89] + Array("HDF\r\n\u{1A}\n".utf8)) else { throw .notHDF5 }
        let address = try rootAddress()
        guard case .group(let group) = try object(at: address, path: "", depth: 0) else {
            throw .damaged("the root is no group", at: address)
        }
        return group
    }

    /// Reads the superblock. Its versions 0 and 1 have the root's symbol table entry, 2 and 3 its address and a checksum.
    private mutating func rootAddress() throws(HDF5Error) -> Int {
        var block = try block(at: 8, count: 40)
        let version = try block.byte()
        let isOld = version < 2
        guard version < 4 else { throw .unsupported("a superblock of version \(version)") }
        block = try self.block(at: isOld ? 13 : 9, count: isOld ? (version == 0 ? 59 : 63) : 39)
        guard try block.byte() == 8, try block.byte() == 8 else {
            throw .unsupported("addresses or lengths that are not of 64 bits")
        }
        // Old: sizes of nodes and flags. New: flags.
        try block.skip(isOld ? (version == 0 ? 9 : 13) : 1)
        guard try block.address() == 0 else { throw .unsupported("a block of other content at its beginning") }
        try block.skip(isOld ? 32 : 16)
        let place = block.rest.startIndex
        guard let root = try block.address() else { throw .damaged("there is no root group", at: place) }
        if !isOld { try verify(0..<44, checksum: block.word(4)) }
        return root
    }

    /// A block of the file, paid for.
    mutating func block(at address: Int, count: Int) throws(HDF5Error) -> HDF5Cursor {
        guard count >= 0, address <= file.count, count <= file.count - address else {
            throw .damaged("a block of \(count) bytes goes beyond the end of the file", at: address)
        }
        try spend(count)
        return HDF5Cursor(file[address..<address + count])
    }

    mutating func spend(_ count: Int) throws(HDF5Error) {
        guard count <= allowance else { throw .excessive }
        allowance -= count
    }

    func verify(_ range: Range<Int>, checksum: UInt64) throws(HDF5Error) {
        guard UInt64(Lookup3.checksum(of: file[range])) == checksum else {
            throw .damaged("a checksum is wrong", at: range.lowerBound)
        }
    }
}
