/// Writes deflate blocks of every kind, so that the decoder is tested with streams that compressors seldom make.
struct DeflateWriter {
    enum Token {
        case literal(UInt8)
        case copy(length: Int, distance: Int)
    }

    private(set) var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var pendingCount = 0

    static func stored(_ content: [UInt8]) -> [UInt8] {
        var writer = DeflateWriter()
        var rest = content[...]
        repeat {
            let block = rest.prefix(0xFFFF)
            rest = rest.dropFirst(block.count)
            writer.put(rest.isEmpty ? 1 : 0, width: 3)
            writer.align()
            writer.put(block.count, width: 16)
            writer.put(block.count ^ 0xFFFF, width: 16)
            writer.align()
            writer.bytes += block
        } while !rest.isEmpty
        return writer.bytes
    }

    static func fixed(_ tokens: [Token], isLast: Bool = true) -> [UInt8] {
        var writer = DeflateWriter()
        writer.put((isLast ? 1 : 0) | 1 << 1, width: 3)
        let literals =
            [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112)
            + [Int](repeating: 7, count: 24) + [Int](repeating: 8, count: 8)
        writer.put(tokens, literals: literals, distances: [Int](repeating: 5, count: 30))
        writer.align()
        return writer.bytes
    }

    /// The lengths are written as they are, each in five bits or fewer, and need not form a code.
    static func dynamic(_ tokens: [Token], literals: [Int], distances: [Int]) -> [UInt8] {
        var writer = DeflateWriter()
        writer.put(1 | 2 << 1, width: 3)
        writer.put(literals.count - 257, width: 5)
        writer.put(distances.count - 1, width: 5)
        writer.put(15, width: 4)
        // 16 lengths of four bits each; the three that repeat are not used.
        for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
            writer.put(symbol < 16 ? 4 : 0, width: 3)
        }
        for length in literals + distances { writer.put(code: length, width: 4) }
        writer.put(tokens, literals: literals, distances: distances)
        writer.align()
        return writer.bytes
    }

    private mutating func put(_ tokens: [Token], literals: [Int], distances: [Int]) {
        let literalCodes = Self.codes(lengths: literals)
        let distanceCodes = Self.codes(lengths: distances)
        for token in tokens {
            switch token {
            case .literal(let byte):
                put(code: literalCodes[Int(byte)], width: literals[Int(byte)])
            case .copy(let length, let distance):
                let (symbol, extra, width) = Self.lengthSymbol(length)
                put(code: literalCodes[symbol], width: literals[symbol])
                put(extra, width: width)
                let (far, farExtra, farWidth) = Self.distanceSymbol(distance)
                put(code: distanceCodes[far], width: distances[far])
                put(farExtra, width: farWidth)
            }
        }
        put(code: literalCodes[256], width: literals[256])
    }

    private static func codes(lengths: [Int]) -> [Int] {
        var codes = [Int](repeating: 0, count: lengths.count)
        var code = 0
        for length in 1...15 {
            for symbol in lengths.indices where lengths[symbol] == length {
                codes[symbol] = code
                code += 1
            }
            code <<= 1
        }
        return codes
    }

    private static func lengthSymbol(_ length: Int) -> (Int, Int, Int) {
        if length == 258 { return (285, 0, 0) }
        var symbol = 257
        var base = 3
        while true {
            let width = symbol < 265 ? 0 : (symbol - 261) / 4
            if length < base + 1 << width { return (symbol, length - base, width) }
            base += 1 << width
            symbol += 1
        }
    }

    private static func distanceSymbol(_ distance: Int) -> (Int, Int, Int) {
        var symbol = 0
        var base = 1
        while true {
            let width = symbol < 4 ? 0 : symbol / 2 - 1
            if distance < base + 1 << width { return (symbol, distance - base, width) }
            base += 1 << width
            symbol += 1
        }
    }

    private mutating func put(_ value: Int, width: Int) {
        pending |= UInt64(value) << UInt64(pendingCount)
        pendingCount += width
        while pendingCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingCount -= 8
        }
    }

    /// Huffman codes begin with their highest bit.
    private mutating func put(code: Int, width: Int) {
        for bit in stride(from: width - 1, through: 0, by: -1) { put(code >> bit & 1, width: 1) }
    }

    private mutating func align() {
        if pendingCount > 0 { put(0, width: 8 - pendingCount) }
    }
}
