import Testing

@testable import Exchange

/// Files that lead a trusting reader in circles, out of the file, or to more memory than there is.
@Suite struct HDF5HostileTests {
    /// A file of one object, the root, that may name itself.
    static func file(root messages: [HDF5Message.Encoded], rest: [UInt8] = []) -> [UInt8] {
        let header = HDF5Message.header(messages)
        let end = HDF5Writer.superblockSize + header.count + rest.count
        return HDF5Writer.superblock(root: HDF5Writer.superblockSize, end: end) + header + rest
    }

    static let root = HDF5Writer.superblockSize

    static func continuation(_ address: Int, _ count: Int) -> HDF5Message.Encoded {
        (.continuation, littleEndianBytes([UInt64(address), UInt64(count)]))
    }

    static func refusal(_ bytes: [UInt8]) -> HDF5Error? {
        #expect(throws: HDF5Error.self) { try HDF5Group(parsing: bytes) }
    }

    @Test func `a group that contains itself is left after some floors`() {
        let file = Self.file(root: [HDF5Message.linkInfo, HDF5Message.link(HDF5Link(name: "a", address: Self.root))])
        let path = [String](repeating: "a", count: 65).joined(separator: "/")
        #expect(Self.refusal(file) == .object(path, "lies within more than 64 groups"))
    }

    @Test func `a group that contains itself twice does not double the work with every floor`() {
        let links = ["a", "b"].map { HDF5Message.link(HDF5Link(name: $0, address: Self.root)) }
        #expect(Self.refusal(Self.file(root: [HDF5Message.linkInfo] + links)) != nil)
    }

    @Test func `ten thousand names for the same dataset are refused when they would multiply the file`() throws {
        let values = [Float](repeating: 1, count: 100_000)
        var inner = HDF5Group()
        inner.datasets = [("0", HDF5Dataset(shape: [values.count], values: values))]
        let bytes = try inner.bytes
        let dataset = try #require(bytes.firstRange(of: "OHDR".utf8)).lowerBound
        let links = (0..<10_000).map { HDF5Message.link(HDF5Link(name: "\($0)", address: dataset)) }
        let header = HDF5Message.header([HDF5Message.linkInfo] + links)
        let superblock = HDF5Writer.superblock(root: bytes.count, end: bytes.count + header.count)
        #expect(Self.refusal(superblock + bytes.dropFirst(superblock.count) + header) == .excessive)
    }

    @Test func `continuations that continue themselves come to an end`() {
        let place = Self.root + HDF5Message.header([HDF5Message.linkInfo, Self.continuation(0, 0)]).count
        // A signature, one message of 16 bytes, a checksum.
        let again = Self.continuation(place, 28)
        var block = Array("OCHK".utf8) + [UInt8(again.kind.rawValue), 16, 0, 0] + again.content
        block += littleEndianBytes([Lookup3.checksum(of: block[...])])
        #expect(Self.refusal(Self.file(root: [HDF5Message.linkInfo, again], rest: block)) == .excessive)
    }

    @Test func `nodes of an old group that are their own children come to an end`() throws {
        var bytes = try HDF5ReadingTests.fixture("earliest.h5")
        let root = try #require(bytes.firstRange(of: "TREE".utf8)).lowerBound
        let child = root + 24 + 8
        bytes.replaceSubrange(child..<child + 8, with: littleEndianBytes([UInt64(root)]))
        #expect(Self.refusal(bytes) == .excessive)
    }

    static let shapes: [(shape: [UInt64], message: String)] = [
        ([1 << 40, 1 << 40], "has an impossible shape"), ([1 << 61], "has an impossible shape"),
        ([1 << 62, 4, 0], "has an impossible shape"),
        ([5], "has fewer bytes than its shape needs"), ([1 << 40], "has fewer bytes than its shape needs"),
    ]

    @Test(arguments: shapes.indices)
    func `a shape promises no more than the file has`(index: Int) {
        let (shape, message) = Self.shapes[index]
        let space: HDF5Message.Encoded = (.dataspace, [2, UInt8(shape.count), 0, 1] + littleEndianBytes(shape))
        let dataset = HDF5Message.header([
            space, HDF5Message.datatype(.float), HDF5Message.layout(address: 0, size: 16),
        ])
        let link = { HDF5Message.link(HDF5Link(name: "a", address: $0)) }
        let place = Self.root + HDF5Message.header([HDF5Message.linkInfo, link(0)]).count
        let file = Self.file(root: [HDF5Message.linkInfo, link(place)], rest: dataset)
        #expect(Self.refusal(file) == .object("a", message))
    }

    @Test func `huge attributes of empty strings are refused before they are made`() {
        let parts: [[UInt8]] = [
            Array("a\0".utf8), [0x13, 0, 0, 0, 0, 0, 0, 0], [2, 1, 0, 1] + littleEndianBytes([UInt64(1) << 40]),
        ]
        let sizes = littleEndianBytes(parts.map { UInt16($0.count) })
        let file = Self.file(root: [HDF5Message.linkInfo, (.attribute, [3, 0] + sizes + [0] + parts.joined())])
        #expect(Self.refusal(file) == .excessive)
    }

    @Test func `every cut of a file is refused`() throws {
        let bytes = try HDF5WritingTests.sample.bytes
        let read = bytes.indices.filter { (try? HDF5Group(parsing: Array(bytes.prefix($0)))) != nil }
        #expect(read.isEmpty)
    }

    @Test func `a flipped bit is noticed by a checksum wherever the structure is`() throws {
        let bytes = try HDF5WritingTests.sample.bytes
        let header = try #require(bytes.firstRange(of: "OHDR".utf8)).lowerBound
        for bit in 8 * (header + 4)..<8 * (header + 30) {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            _ = Self.refusal(damaged)
        }
    }

    static let signature: [UInt8] = [0x89] + Array("HDF\r\n\u{1A}\n".utf8)
    static let others: [(bytes: [UInt8], message: String)] = [
        ([], "is not an HDF5 file"), (Array("PK\u{3}\u{4}".utf8), "is not an HDF5 file"),
        (signature, "is damaged at byte 8: the file ends within its first block"),
        (signature + [UInt8](repeating: 9, count: 40), "has a superblock of version 9, which cannot be read"),
        (
            signature + [2, 4, 4] + [UInt8](repeating: 0, count: 37),
            "has addresses or lengths that are not of 64 bits, which cannot be read"
        ),
    ]

    @Test(arguments: others.indices)
    func `other files are called what they are`(index: Int) {
        #expect(Self.refusal(Self.others[index].bytes).map { "\($0)" } == Self.others[index].message)
    }
}
