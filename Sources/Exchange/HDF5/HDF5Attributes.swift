extension HDF5Reader {
    mutating func attributes(
        _ messages: [HDF5Message], path: String
    ) throws(HDF5Error) -> [(name: String, value: HDF5Attribute)] {
        var attributes: [(name: String, value: HDF5Attribute)] = []
        for message in messages {
            if message.kind == .attribute, !message.isShared {
                attributes.append(try attribute(message.content, path: path))
            } else if message.kind == .attributeInfo {
                try refuseDenseAttributes(message.content, path: path)
            }
        }
        return attributes
    }

    private func refuseDenseAttributes(_ message: HDF5Cursor, path: String) throws(HDF5Error) {
        var message = message
        try message.skip(1)
        let hasOrder = try message.byte() & 1 != 0
        try message.skip(hasOrder ? 2 : 0)
        guard try message.address() == nil else {
            throw .object(
                path, "keeps its attributes in a heap, which cannot be read; write the file with libver=\"earliest\"")
        }
    }

    private mutating func attribute(
        _ message: HDF5Cursor, path: String
    ) throws(HDF5Error) -> (name: String, value: HDF5Attribute) {
        var message = message
        let version = try message.byte()
        guard (1...3).contains(version) else { throw .object(path, "has an attribute of an unknown version") }
        let isShared = try message.byte() != 0 && version > 1
        var sizes: [Int] = []
        for _ in 0..<3 { sizes.append(try message.number(2)) }
        if version == 3 { try message.skip(1) }
        var parts: [HDF5Cursor] = []
        for size in sizes {
            parts.append(HDF5Cursor(try message.take(size)))
            // The first version fills every part up to eight bytes.
            if version == 1 { try message.skip(-size & 7) }
        }
        let name = String(decoding: parts[0].rest.prefix { $0 != 0 }, as: UTF8.self)
        try spend(64 + name.utf8.count)
        return (name, isShared ? .unreadable : try value(HDF5Type(parts[1]), shape(parts[2]), message, name, path))
    }

    private mutating func value(
        _ type: HDF5Type, _ shape: [Int], _ content: HDF5Cursor, _ name: String, _ path: String
    ) throws(HDF5Error) -> HDF5Attribute {
        guard let size = type.size else { return .unreadable }
        // What an element becomes, beside its text, is not larger than this.
        let memory = max(size, MemoryLayout<String>.size)
        let count = try count(of: shape, size: memory, path: path)
        try spend(memory * count)
        var content = content
        let bytes = try content.take(size * count)
        switch type {
        case .number(let number): return number.attribute(bytes, count: count)
        case .opaque, .other: return .unreadable
        case .text, .variableText:
            var texts: [String] = []
            var elements = HDF5Cursor(bytes)
            for _ in 0..<count { texts.append(try text(type, elements.take(size))) }
            return shape.isEmpty ? .text(texts[0]) : .texts(texts)
        }
    }

    private mutating func text(_ type: HDF5Type, _ element: ArraySlice<UInt8>) throws(HDF5Error) -> String {
        var bytes = element
        if case .text(_, let padding) = type {
            if padding == 0 { bytes = bytes.prefix { $0 != 0 } }
            while bytes.last == padding { bytes.removeLast() }
        } else {
            bytes = try heapObject(element)
        }
        try spend(bytes.count)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The object of a global heap that an element refers to by its length, the heap's address and its own number.
    private mutating func heapObject(_ element: ArraySlice<UInt8>) throws(HDF5Error) -> ArraySlice<UInt8> {
        var element = HDF5Cursor(element)
        let place = element.rest.startIndex
        let length = try element.number(4)
        let address = try element.address()
        let index = try element.number(4)
        guard length > 0 else { return [] }
        guard let address, let object = try heap(at: address)[index], object.count >= length else {
            throw .damaged("a string is not in the heap that should have it", at: place)
        }
        return try block(at: object.lowerBound, count: length).rest
    }

    /// Where the objects of a global heap lie, by their numbers.
    private mutating func heap(at address: Int) throws(HDF5Error) -> [Int: Range<Int>] {
        if let known = heaps[address] { return known }
        var start = try block(at: address, count: 16)
        try start.expect("GCOL")
        try start.skip(4)
        var rest = try block(at: address, count: start.number(8))
        try rest.skip(16)
        var objects: [Int: Range<Int>] = [:]
        while rest.rest.count >= 16 {
            let index = try rest.number(2)
            try rest.skip(6)
            let size = try rest.number(8)
            // Number 0 is the free space at the end.
            guard index > 0 else { break }
            let begin = rest.rest.startIndex
            try rest.skip(size)
            try rest.skip(min(-size & 7, rest.rest.count))
            objects[index] = begin..<begin + size
        }
        heaps[address] = objects
        return objects
    }
}
