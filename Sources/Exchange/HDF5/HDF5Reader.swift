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
        guard file.starts(with: HDF5Group.signature) else { throw .notHDF5 }
        // No superblock is shorter.
        guard file.count >= 48 else { throw .damaged("the file ends within its first block", at: file.count) }
        let address = try rootAddress()
        guard case .group(let group) = try object(at: address, path: "", depth: 0) else {
            throw .damaged("the root is no group", at: address)
        }
        return group
    }

    /// Where the superblock's fields are, by its version: the sizes of addresses and lengths, the base of all addresses,
    /// and the address of the root's header.
    private static let superblocks = [(13, 24, 64), (13, 28, 68), (9, 12, 36), (9, 12, 36)]

    private mutating func rootAddress() throws(HDF5Error) -> Int {
        let version = try number(at: 8, size: 1)
        guard version < Self.superblocks.count else { throw .unsupported("a superblock of version \(version)") }
        let (sizes, base, root) = Self.superblocks[version]
        guard try number(at: sizes, size: 2) == 0x0808 else {
            throw .unsupported("addresses or lengths that are not of 64 bits")
        }
        guard try number(at: base, size: 8) == 0 else { throw .unsupported("something else at its beginning") }
        if version >= 2 { try verify(0..<44, checksum: UInt64(number(at: 44, size: 4))) }
        return try number(at: root, size: 8)
    }

    private mutating func number(at address: Int, size: Int) throws(HDF5Error) -> Int {
        var field = try block(at: address, count: size)
        return try field.number(size)
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
