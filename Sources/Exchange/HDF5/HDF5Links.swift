/// A member of a group.
struct HDF5Link {
    let name: String
    /// Of the header of the object that it names.
    let address: Int
}

extension HDF5Reader {
    /// A group's members by name, from a symbol table or from messages of its own.
    mutating func links(_ messages: [HDF5Message], path: String) throws(HDF5Error) -> [HDF5Link] {
        var links: [HDF5Link] = []
        for message in messages {
            switch message.kind {
            case .symbolTable: links += try symbolTable(message.content, path: path)
            case .link: links.append(try link(message.content, path: path))
            case .linkInfo: try refuseDenseLinks(message.content, path: path)
            default: break
            }
        }
        return links.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private mutating func link(_ message: HDF5Cursor, path: String) throws(HDF5Error) -> HDF5Link {
        var message = message
        guard try message.byte() == 1 else { throw .object(path, "has links of an unknown version") }
        let flags = try message.byte()
        let kind = flags & 8 == 0 ? 0 : try message.byte()
        try message.skip((flags & 4 == 0 ? 0 : 8) + (flags & 0x10 == 0 ? 0 : 1))
        let length = try message.number(1 << Int(flags & 3))
        let name = String(decoding: try message.take(length), as: UTF8.self)
        guard kind == 0, let address = try message.address() else { throw Self.linkError(name, in: path) }
        return HDF5Link(name: name, address: address)
    }

    private static func linkError(_ name: String, in path: String) -> HDF5Error {
        .object(member(name, of: path), "is a link to another place, which is not followed")
    }

    private func refuseDenseLinks(_ message: HDF5Cursor, path: String) throws(HDF5Error) {
        var message = message
        try message.skip(1)
        let hasOrder = try message.byte() & 1 != 0
        try message.skip(hasOrder ? 8 : 0)
        guard try message.address() == nil else {
            throw .object(
                path, "keeps its members in a heap, which cannot be read; write the file with libver=\"earliest\"")
        }
    }

    /// A B-tree of nodes (TREE), whose leaves (SNOD) have names in a heap (HEAP) and addresses.
    private mutating func symbolTable(_ message: HDF5Cursor, path: String) throws(HDF5Error) -> [HDF5Link] {
        var message = message
        let place = message.rest.startIndex
        guard let tree = try message.address(), let heap = try message.address() else {
            throw .damaged("a group has no symbol table", at: place)
        }
        let names = try localHeap(at: heap)
        var links: [HDF5Link] = []
        var nodes = [tree]
        while let node = nodes.popLast() {
            var start = try block(at: node, count: 8)
            if start.rest.first == UInt8(ascii: "T") {
                nodes += try children(ofNodeAt: node)
                continue
            }
            try start.expect("SNOD")
            try start.skip(2)
            let count = try start.number(2)
            var entries = try block(at: node + 8, count: 40 * count)
            for _ in 0..<count {
                let name = try self.name(at: entries.number(8), in: names)
                let address = try entries.address()
                let kind = try entries.number(4)
                try entries.skip(20)
                guard kind != 2, let address else { throw Self.linkError(name, in: path) }
                links.append(HDF5Link(name: name, address: address))
            }
        }
        return links
    }

    private mutating func children(ofNodeAt address: Int) throws(HDF5Error) -> [Int] {
        var node = try block(at: address, count: 24)
        try node.expect("TREE")
        guard try node.byte() == 0 else { throw .damaged("a node of a group's B-tree is expected", at: address) }
        try node.skip(1)
        let count = try node.number(2)
        var entries = try block(at: address + 24, count: 16 * count)
        var children: [Int] = []
        for _ in 0..<count {
            try entries.skip(8)
            let place = entries.rest.startIndex
            guard let child = try entries.address() else { throw .damaged("a node has no child", at: place) }
            children.append(child)
        }
        return children
    }

    private mutating func localHeap(at address: Int) throws(HDF5Error) -> ArraySlice<UInt8> {
        var heap = try block(at: address, count: 32)
        try heap.expect("HEAP")
        try heap.skip(4)
        let size = try heap.number(8)
        try heap.skip(8)
        guard let start = try heap.address() else { throw .damaged("a heap has no content", at: address) }
        return try block(at: start, count: size).rest
    }

    private mutating func name(at offset: Int, in heap: ArraySlice<UInt8>) throws(HDF5Error) -> String {
        guard offset <= heap.count else { throw .damaged("a name lies outside of its heap", at: heap.startIndex) }
        let name = heap.dropFirst(offset).prefix { $0 != 0 }
        try spend(name.count)
        return String(decoding: name, as: UTF8.self)
    }

    /// The path of a group's member.
    static func member(_ name: String, of path: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }
}
