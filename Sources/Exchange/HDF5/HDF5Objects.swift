/// What an address may lead to.
enum HDF5Object {
    case group(HDF5Group)
    case dataset(HDF5Dataset)
    /// Such as a type with a name of its own.
    case other
}

extension HDF5Reader {
    mutating func object(at address: Int, path: String, depth: Int) throws(HDF5Error) -> HDF5Object {
        guard depth <= Self.deepest else { throw .object(path, "lies within more than \(Self.deepest) groups") }
        try spend(64 + path.utf8.count)
        let messages = try messages(at: address)
        if messages.contains(where: { $0.kind == .symbolTable || $0.kind == .linkInfo }) {
            return .group(try group(messages, path: path, depth: depth))
        }
        guard messages.first(.layout) != nil else { return .other }
        return .dataset(try dataset(messages, path: path))
    }

    private mutating func group(
        _ messages: [HDF5Message], path: String, depth: Int
    ) throws(HDF5Error) -> HDF5Group {
        var group = HDF5Group()
        group.attributes = try attributes(messages, path: path)
        for link in try links(messages, path: path) {
            let member = Self.member(link.name, of: path)
            switch try object(at: link.address, path: member, depth: depth + 1) {
            case .group(let child): group.groups.append((link.name, child))
            case .dataset(let dataset): group.datasets.append((link.name, dataset))
            case .other: break
            }
        }
        return group
    }

    private mutating func dataset(_ messages: [HDF5Message], path: String) throws(HDF5Error) -> HDF5Dataset {
        guard messages.first(.externalFiles) == nil else {
            throw .object(path, "has its numbers in another file, which is not read")
        }
        guard let space = messages.first(.dataspace), let type = messages.first(.datatype),
            let layout = messages.first(.layout)
        else { throw .object(path, "has no shape or no type") }
        guard !space.isShared, !type.isShared else {
            throw .object(path, "has a type that is kept elsewhere in the file, which cannot be read")
        }
        let attributes = try attributes(messages, path: path)
        guard let number = Self.number(try HDF5Type(type.content), attributes) else {
            throw .object(path, "holds something else than numbers, which cannot be read")
        }
        let shape = try shape(space.content)
        let count = try count(of: shape, size: number.size, path: path)
        let bytes = try stored(layout.content, count: count * number.size, path: path)
        // Small numbers become larger ones.
        try spend(MemoryLayout<Float>.size * count)
        var dataset = HDF5Dataset(shape: shape, values: number.floats(bytes, count: count))
        dataset.attributes = attributes
        return dataset
    }

    /// Keras says beside two opaque bytes what they are.
    private static func number(
        _ type: HDF5Type, _ attributes: [(name: String, value: HDF5Attribute)]
    ) -> HDF5Number? {
        switch type {
        case .number(let number): number
        case .opaque(size: 2) where attributes.contains { $0.name == "dtype" && $0.value == .text("bfloat16") }:
            .brainFloat
        default: nil
        }
    }

    /// Reads a dataspace message; no axes for a scalar, and one of length 0 for nothing at all.
    func shape(_ message: HDF5Cursor) throws(HDF5Error) -> [Int] {
        var message = message
        let version = try message.byte()
        guard version == 1 || version == 2 else {
            throw .damaged("a shape of an unknown version", at: message.rest.startIndex - 1)
        }
        let rank = Int(try message.byte())
        try message.skip(1)
        if version == 1 {
            try message.skip(5)
        } else if try message.byte() == 2 {
            return [0]
        }
        var shape: [Int] = []
        for _ in 0..<rank { shape.append(try message.number(8)) }
        return shape
    }

    /// How many elements a shape has; their bytes can be counted, too.
    func count(of shape: [Int], size: Int, path: String) throws(HDF5Error) -> Int {
        var count = 1
        for length in shape + [max(size, 1)] {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            guard !overflow else { throw .object(path, "has an impossible shape") }
            count = product
        }
        return count / max(size, 1)
    }

    /// The bytes of a dataset, which a layout message has or has the address of.
    private mutating func stored(
        _ message: HDF5Cursor, count: Int, path: String
    ) throws(HDF5Error) -> ArraySlice<UInt8> {
        var message = message
        let version = try message.byte()
        guard (3...5).contains(version) else { throw .object(path, "has a layout of an unknown version") }
        switch try message.byte() {
        case 0:
            let size = try message.number(2)
            guard size >= count else { throw .object(path, "has fewer bytes than its shape needs") }
            return try message.take(count)
        case 1:
            let address = try message.address()
            let size = try message.number(8)
            guard count > 0 else { return [] }
            guard let address else { throw .object(path, "was never written") }
            guard size >= count else { throw .object(path, "has fewer bytes than its shape needs") }
            return try block(at: address, count: count).rest
        case 2:
            throw .object(path, "lies in chunks, which cannot be read; write it without chunks and compression")
        default:
            throw .object(path, "is put together from others, which cannot be read")
        }
    }
}
