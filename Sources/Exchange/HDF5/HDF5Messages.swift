/// What an object's header says of it, a message for each thing.
struct HDF5Message {
    enum Kind: Int {
        case dataspace = 1
        case linkInfo = 2
        case datatype = 3
        case fillValue = 5
        case link = 6
        case externalFiles = 7
        case layout = 8
        case groupInfo = 10
        case attribute = 12
        case continuation = 16
        case symbolTable = 17
        case attributeInfo = 21
    }

    let kind: Kind
    /// The content lies elsewhere, as that of a type does that has a name of its own.
    let isShared: Bool
    let content: HDF5Cursor
}

extension [HDF5Message] {
    func first(_ kind: HDF5Message.Kind) -> HDF5Message? { first { $0.kind == kind } }
}

extension HDF5Reader {
    /// All messages of an object's header and of the blocks that continue it.
    mutating func messages(at address: Int) throws(HDF5Error) -> [HDF5Message] {
        var start = try block(at: address, count: 4)
        return try start.byte() == UInt8(ascii: "O")
            ? messages(inNewHeaderAt: address) : messages(inOldHeaderAt: address)
    }

    /// Version 1: sixteen bytes, then messages that are filled up to eight.
    private mutating func messages(inOldHeaderAt address: Int) throws(HDF5Error) -> [HDF5Message] {
        var prefix = try block(at: address, count: 16)
        guard try prefix.byte() == 1 else { throw .damaged("an object's header is expected", at: address) }
        try prefix.skip(7)
        var blocks = try [block(at: address + 16, count: prefix.number(4))]
        var messages: [HDF5Message] = []
        while var block = blocks.popLast() {
            while block.rest.count >= 8 {
                let kind = try block.number(2)
                let size = try block.number(2)
                let isShared = try block.byte() & 2 != 0
                try block.skip(3)
                let content = HDF5Cursor(try block.take(size))
                guard let kind = HDF5Message.Kind(rawValue: kind) else { continue }
                messages.append(HDF5Message(kind: kind, isShared: isShared, content: content))
                if kind == .continuation { blocks.append(try continuation(content)) }
            }
        }
        return messages
    }

    /// Version 2: a signature, flags, optional fields, messages, and at the end of every block a checksum.
    private mutating func messages(inNewHeaderAt address: Int) throws(HDF5Error) -> [HDF5Message] {
        var prefix = try block(at: address, count: 6)
        try prefix.expect("OHDR")
        guard try prefix.byte() == 2 else { throw .damaged("an object's header of version 2 is expected", at: address) }
        let flags = try prefix.byte()
        // Four times, and two bounds for the number of attributes.
        let skipped = (flags & 0x20 == 0 ? 0 : 16) + (flags & 0x10 == 0 ? 0 : 4)
        let sizeLength = 1 << Int(flags & 3)
        let begin = address + 6 + skipped + sizeLength
        prefix = try block(at: address + 6 + skipped, count: sizeLength)
        var blocks = [try checked(from: address, content: begin, count: prefix.number(sizeLength))]
        var messages: [HDF5Message] = []
        let hasOrder = flags & 4 != 0
        while var block = blocks.popLast() {
            while block.rest.count >= (hasOrder ? 6 : 4) {
                let kind = Int(try block.byte())
                let size = try block.number(2)
                let isShared = try block.byte() & 2 != 0
                if hasOrder { try block.skip(2) }
                let content = HDF5Cursor(try block.take(size))
                guard let kind = HDF5Message.Kind(rawValue: kind) else { continue }
                messages.append(HDF5Message(kind: kind, isShared: isShared, content: content))
                guard kind == .continuation else { continue }
                var next = try continuation(content)
                let start = next.rest.startIndex
                try next.expect("OCHK")
                blocks.append(try checked(from: start, content: start + 4, count: next.rest.count - 4))
            }
        }
        return messages
    }

    private mutating func continuation(_ message: HDF5Cursor) throws(HDF5Error) -> HDF5Cursor {
        var message = message
        let place = message.rest.startIndex
        guard let address = try message.address() else { throw .damaged("a continuation is nowhere", at: place) }
        // An empty block costs something, too, for it may continue itself.
        try spend(16)
        return try block(at: address, count: message.number(8))
    }

    /// A block of messages after its checksum, which covers everything from `start`, was compared.
    private mutating func checked(from start: Int, content: Int, count: Int) throws(HDF5Error) -> HDF5Cursor {
        let block = try block(at: content, count: count)
        var checksum = try self.block(at: content + count, count: 4)
        try verify(start..<content + count, checksum: checksum.word(4))
        return block
    }
}
