/// What deflate's symbols mean, as RFC 1951, 3.2.5 to 3.2.7, tabulates them.
enum DeflateCodes {
    /// Literals, the end of a block, and lengths of copies.
    static let literals: [UInt32] =
        (0..<256).map { literal($0) } + [HuffmanTable.Kind.end << 5]
        + numbers(extraBits: (0..<28).map { $0 < 8 ? 0 : $0 / 4 - 1 }, from: 3) + [number(258, extraBits: 0)]
        + [UInt32](repeating: HuffmanTable.Kind.nothing << 5, count: 2)

    /// How far back a copy begins.
    static let distances: [UInt32] =
        numbers(extraBits: (0..<30).map { $0 < 4 ? 0 : $0 / 2 - 1 }, from: 1)
        + [UInt32](repeating: HuffmanTable.Kind.nothing << 5, count: 2)

    /// The code in which a block's code lengths are written.
    static let codeLengths: [UInt32] = (0..<19).map { literal($0) }

    /// The order in which the lengths of that code are written.
    static let codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// The tables of blocks that bring none.
    static let fixed = (
        literals: HuffmanTable(lengths: fixedLengths, meanings: literals, width: literalWidth),
        distances: HuffmanTable(lengths: [UInt8](repeating: 5, count: 32), meanings: distances, width: distanceWidth)
    )

    /// Widths of the first tables: wider ones are filled longer than they are used.
    static let literalWidth = 10
    static let distanceWidth = 8

    private static let fixedLengths: [UInt8] =
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
        + [UInt8](repeating: 8, count: 8)

    private static func literal(_ value: Int) -> UInt32 {
        HuffmanTable.Kind.literal << 5 | UInt32(value) << 16
    }

    private static func number(_ base: Int, extraBits: Int) -> UInt32 {
        HuffmanTable.Kind.number << 5 | UInt32(extraBits) << 8 | UInt32(base) << 16
    }

    /// Each symbol begins where the one before ends.
    private static func numbers(extraBits: [Int], from first: Int) -> [UInt32] {
        var base = first
        return extraBits.map { extra in
            defer { base += 1 << extra }
            return number(base, extraBits: extra)
        }
    }
}
