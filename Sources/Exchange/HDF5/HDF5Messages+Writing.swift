extension HDF5Message {
    typealias Encoded = (kind: Kind, content: [UInt8])

    /// The address of what is not there.
    static let nowhere = UInt64.max

    /// What the length of a message can say.
    static let mostBytes = 0xFFFF

    /// An object's header, version 2: flags that give its size four bytes, the size, the messages, and a checksum.
    static func header(_ messages: [Encoded]) -> [UInt8] {
        let size = messages.reduce(0) { $0 + 4 + $1.content.count }
        var header = Array("OHDR".utf8) + [2, 2] + littleEndianBytes([UInt32(size)])
        for (kind, content) in messages {
            header += [UInt8(kind.rawValue)] + littleEndianBytes([UInt16(content.count)]) + [0] + content
        }
        return header + littleEndianBytes([Lookup3.checksum(of: header[...])])
    }

    /// The types of which datasets and attributes are written.
    enum WrittenType { case float, double, integer, text }

    /// Members are links of the header itself, so neither a heap nor an index of them is anywhere.
    static let linkInfo: Encoded = (.linkInfo, [0, 0] + littleEndianBytes([nowhere, nowhere]))
    static let groupInfo: Encoded = (.groupInfo, [0, 0])
    /// Zero, written when space is taken.
    static let fillValue: Encoded = (.fillValue, [3, 0x0A])

    /// Version 1; the name is UTF-8 and its length has two bytes.
    static func link(_ link: HDF5Link) -> Encoded {
        let length = UInt16(clamping: link.name.utf8.count)
        return (
            .link,
            [1, 0x11, 1] + littleEndianBytes([length]) + link.name.utf8 + littleEndianBytes([UInt64(link.address)])
        )
    }

    /// Version 2; a shape without axes is a scalar.
    static func dataspace(_ shape: [Int]) -> Encoded {
        (.dataspace, [2, UInt8(shape.count), 0, shape.isEmpty ? 0 : 1] + littleEndianBytes(shape.map(UInt64.init)))
    }

    /// Version 3, in one piece.
    static func layout(address: Int?, size: Int) -> Encoded {
        (.layout, [3, 1] + littleEndianBytes([address.map(UInt64.init) ?? nowhere, UInt64(size)]))
    }

    /// Version 1: the class and three bytes of flags, the size, then where the bits are.
    static func datatype(_ type: WrittenType) -> Encoded {
        let content: [UInt8] =
            switch type {
            case .float: [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]
            case .double: [0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xFF, 3, 0, 0]
            case .integer: [0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0]
            // UTF-8 of any length, made of unsigned bytes.
            case .text: [0x19, 1, 1, 0, 16, 0, 0, 0] + [0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0]
            }
        return (.datatype, content)
    }

    /// Version 3; nil for an attribute that could not be read.
    static func attribute(_ name: String, _ value: HDF5Attribute, _ heap: HDF5TextHeap) -> Encoded? {
        let type: WrittenType
        let shape: [Int]
        let bytes: [UInt8]
        switch value {
        case .text(let text): (type, shape, bytes) = (.text, [], heap.reference(to: text))
        case .texts(let texts): (type, shape, bytes) = (.text, [texts.count], texts.flatMap(heap.reference))
        case .integers(let numbers): (type, shape, bytes) = (.integer, [numbers.count], littleEndianBytes(numbers))
        case .floats(let numbers): (type, shape, bytes) = (.double, [numbers.count], littleEndianBytes(numbers))
        case .unreadable: return nil
        }
        let parts = [Array(name.utf8) + [0], datatype(type).content, dataspace(shape).content]
        let sizes = littleEndianBytes(parts.map { UInt16(clamping: $0.count) })
        return (.attribute, [3, 0] + sizes + [1] + parts.joined() + bytes)
    }
}
