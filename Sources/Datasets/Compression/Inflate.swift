/// Decompresses deflate (RFC 1951) into memory that never exceeds a limit.
struct Inflate {
    /// What to do with more output than the limit.
    enum Excess {
        case isAnError
        case isLeftOut
    }

    /// Everything decompressed so far is the first `written` bytes; the rest is room for copies.
    private var output: [UInt8]
    private(set) var written = 0
    private let limit: Int
    private let excess: Excess

    /// Copies are at most this long, so that a loop with this much room need not ask for each byte.
    private static let longestCopy = 258

    /// An empty output; `expected` saves growing where the size is known beforehand.
    init(limit: Int, excess: Excess = .isAnError, expecting expected: Int = 0) {
        self.limit = limit
        self.excess = excess
        output = [UInt8](repeating: 0, count: min(limit, max(expected, 4096)) + Self.longestCopy)
    }

    /// The decompressed bytes, in the memory they were written to.
    consuming func finish() -> [UInt8] {
        output.removeLast(output.count - min(written, limit))
        return output
    }

    /// Decompressed bytes from one place on, such as those of one gzip member.
    func checksum(from start: Int) -> UInt32 {
        CRC32.checksum(of: output.span.bytes.extracting(start..<written))
    }

    /// Whether the limit cut the output off.
    var isCutOff: Bool {
        excess == .isLeftOut && written >= limit
    }

    /// Decompresses the stream that begins at an offset of the input; returns the offset of the byte after it.
    mutating func run(_ input: RawSpan, from offset: Int) throws(InflateError) -> Int {
        var reader = BitReader(at: offset)
        let start = written
        var isLast = false
        while !isLast && !isCutOff {
            try reader.refill(from: input)
            isLast = reader.take(1) == 1
            switch reader.take(2) {
            case 0: try copyStored(input, &reader)
            case 1: try decode(input, &reader, DeflateCodes.fixed, since: start)
            case 2: try decode(input, &reader, try Self.readTables(input, &reader), since: start)
            default: throw InflateError(fact: .blockType, offset: reader.offset)
            }
            guard reader.offset <= input.byteCount else {
                throw InflateError(fact: .truncated, offset: input.byteCount)
            }
        }
        return reader.offset
    }

    private mutating func copyStored(_ input: RawSpan, _ reader: inout BitReader) throws(InflateError) {
        reader.align()
        try reader.refill(from: input)
        let length = reader.take(16)
        guard length ^ 0xFFFF == reader.take(16) else {
            throw InflateError(fact: .storedLength, offset: min(reader.offset, input.byteCount))
        }
        let start = reader.offset
        guard start + length <= input.byteCount else {
            throw InflateError(fact: .truncated, offset: input.byteCount)
        }
        var copied = 0
        while copied < length && !isCutOff {
            try makeRoom(offset: start)
            let count = min(length - copied, output.count - written)
            for index in 0..<count { output[written + index] = input[start + copied + index] }
            written += count
            copied += count
        }
        try checkLimit(offset: start)
        reader = BitReader(at: start + length)
    }

    private mutating func decode(
        _ input: RawSpan, _ reader: inout BitReader, _ tables: (literals: HuffmanTable?, distances: HuffmanTable?),
        since start: Int
    ) throws(InflateError) {
        guard let literals = tables.literals, let distances = tables.distances else {
            throw InflateError(fact: .codeLengths, offset: reader.offset)
        }
        var isAtEnd = false
        while !isAtEnd && !isCutOff {
            try makeRoom(offset: reader.offset)
            var position = written
            defer { written = position }
            var room = output.mutableSpan
            isAtEnd = try Self.decode(input, &reader, literals, distances, into: &room, at: &position, since: start)
        }
        try checkLimit(offset: reader.offset)
    }

    /// Decodes symbols until the block ends (true) or the room does (false).
    private static func decode(
        _ input: RawSpan, _ bits: inout BitReader, _ literals: HuffmanTable, _ distances: HuffmanTable,
        into output: inout MutableSpan<UInt8>, at written: inout Int, since start: Int
    ) throws(InflateError) -> Bool {
        let literalEntries = literals.entries.span
        let distanceEntries = distances.entries.span
        let literalWidth = literals.width
        let distanceWidth = distances.width
        let lastStart = output.count - longestCopy
        var reader = bits
        var position = written
        defer {
            bits = reader
            written = position
        }
        while position <= lastStart {
            // 56 bits hold the longest length and distance: 15 + 5 + 15 + 13.
            try reader.refill(from: input)
            let symbol = reader.next(literalEntries, width: literalWidth)
            switch symbol >> 5 & 7 {
            case HuffmanTable.Kind.literal:
                output[position] = UInt8(truncatingIfNeeded: symbol >> 16)
                position &+= 1
            case HuffmanTable.Kind.number:
                let length = reader.value(of: symbol)
                let far = reader.next(distanceEntries, width: distanceWidth)
                guard far >> 5 & 7 == HuffmanTable.Kind.number else {
                    throw InflateError(fact: .unusedCode, offset: min(reader.offset, input.byteCount))
                }
                let distance = reader.value(of: far)
                guard distance <= position - start else {
                    let fact = InflateError.Fact.distance(distance, available: position - start)
                    throw InflateError(fact: fact, offset: min(reader.offset, input.byteCount))
                }
                for _ in 0..<length {
                    output[position] = output[position &- distance]
                    position &+= 1
                }
            case HuffmanTable.Kind.end:
                return true
            default:
                throw InflateError(fact: .unusedCode, offset: min(reader.offset, input.byteCount))
            }
        }
        return false
    }

    /// Room for at least one copy beyond what is written; grows by doubling, up to the limit.
    private mutating func makeRoom(offset: Int) throws(InflateError) {
        try checkLimit(offset: offset)
        guard written + Self.longestCopy > output.count else { return }
        let count = min(limit, output.count * 2) + Self.longestCopy
        output += repeatElement(0, count: count - output.count)
    }

    private func checkLimit(offset: Int) throws(InflateError) {
        guard written <= limit || excess == .isLeftOut else {
            throw InflateError(fact: .tooLong(limit: limit), offset: offset)
        }
    }
}

extension BitReader {
    /// The entry of the next code.
    @inline(__always)
    fileprivate mutating func next(_ entries: Span<UInt32>, width: Int) -> UInt32 {
        var entry = entries[peek(width)]
        if entry >> 5 & 7 == HuffmanTable.Kind.link {
            drop(width)
            entry = entries[Int(entry >> 16) &+ peek(Int(entry >> 8 & 0xFF))]
        }
        drop(Int(entry & 0x1F))
        return entry
    }

    /// An entry's value with its extra bits.
    @inline(__always)
    fileprivate mutating func value(of entry: UInt32) -> Int {
        Int(entry >> 16) &+ take(Int(entry >> 8 & 0xFF))
    }
}
