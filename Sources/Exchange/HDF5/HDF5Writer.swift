/// Writes a file from its leaves to the root: superblock, strings, then every object after those that it names.
struct HDF5Writer {
    private var file: [UInt8]
    private let texts: HDF5TextHeap

    static let superblockSize = 48

    static func file(of root: HDF5Group) throws(HDF5Error) -> [UInt8] {
        let texts = HDF5TextHeap(root.allTexts, at: superblockSize)
        var writer = HDF5Writer(file: [UInt8](repeating: 0, count: superblockSize) + texts.bytes, texts: texts)
        let address = try writer.write(root, path: "")
        let superblock = superblock(root: address, end: writer.file.count)
        writer.file.replaceSubrange(0..<superblockSize, with: superblock)
        return writer.file
    }

    /// Version 2: sizes of addresses and lengths, flags, base, extension, end, root, checksum.
    static func superblock(root: Int, end: Int) -> [UInt8] {
        var block = [0x89] + Array("HDF\r\n\u{1A}\n".utf8) + [2, 8, 8, 0]
        block += littleEndianBytes([0, HDF5Message.nowhere, UInt64(end), UInt64(root)])
        return block + littleEndianBytes([Lookup3.checksum(of: block[...])])
    }

    private mutating func write(_ group: HDF5Group, path: String) throws(HDF5Error) -> Int {
        var links: [HDF5Link] = []
        for (name, child) in group.groups {
            links.append(HDF5Link(name: name, address: try write(child, path: HDF5Reader.member(name, of: path))))
        }
        for (name, dataset) in group.datasets {
            links.append(HDF5Link(name: name, address: try write(dataset, path: HDF5Reader.member(name, of: path))))
        }
        let messages = [HDF5Message.linkInfo, HDF5Message.groupInfo] + links.map(HDF5Message.link)
        return try write(messages + attributes(group.attributes), path: path)
    }

    private mutating func write(_ dataset: HDF5Dataset, path: String) throws(HDF5Error) -> Int {
        align()
        let address = file.count
        let bytes = littleEndianBytes(dataset.values)
        file += bytes
        let messages = [
            HDF5Message.dataspace(dataset.shape), HDF5Message.datatype(.float), HDF5Message.fillValue,
            HDF5Message.layout(address: bytes.isEmpty ? nil : address, size: bytes.count),
        ]
        return try write(messages + attributes(dataset.attributes), path: path)
    }

    private func attributes(_ attributes: [(name: String, value: HDF5Attribute)]) -> [HDF5Message.Encoded] {
        attributes.compactMap { HDF5Message.attribute($0.name, $0.value, texts) }
    }

    /// Writes an object's header and returns its address.
    private mutating func write(_ messages: [HDF5Message.Encoded], path: String) throws(HDF5Error) -> Int {
        guard messages.allSatisfy({ $0.content.count <= HDF5Message.mostBytes }) else {
            throw .unwritable(path, "a name or an attribute has more than 64 KiB")
        }
        align()
        let address = file.count
        file += HDF5Message.header(messages)
        return address
    }

    private mutating func align() { file += [UInt8](repeating: 0, count: -file.count & 7) }
}

extension HDF5Group {
    /// The strings of all attributes.
    fileprivate var allTexts: [String] {
        let own = attributes + datasets.flatMap(\.dataset.attributes)
        return own.flatMap(\.value.texts) + groups.flatMap(\.group.allTexts)
    }
}

extension HDF5Attribute {
    fileprivate var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .texts(let texts): texts
        case .integers, .floats, .unreadable: []
        }
    }
}
