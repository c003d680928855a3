/// Decodes one Huffman code by looking bits up: short codes in one step, long ones in a second table.
///
/// An entry says everything about its symbol, so that the loop that decodes asks no other table:
///
///     bits 0–4 code length · 5–7 kind · 8–15 extra bits (or the second table's width) · 16–31 value
struct HuffmanTable {
    /// What the decoder does with an entry's value.
    enum Kind {
        static let literal: UInt32 = 0
        static let number: UInt32 = 1
        static let end: UInt32 = 2
        static let link: UInt32 = 3
        static let nothing: UInt32 = 4
    }

    let entries: [UInt32]
    let width: Int

    /// Codes are numbered as RFC 1951 says, from their lengths alone; nil where those form no prefix code.
    ///
    /// One code of one bit may stand alone, and none at all may be used by none: both occur in the wild for distances.
    init?(lengths: some Collection<UInt8>, meanings: [UInt32], width limit: Int) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[Int(length)] += 1 }
        let used = lengths.count - counts[0]
        counts[0] = 0
        let longest = counts.lastIndex { $0 > 0 } ?? 0
        let width = Swift.max(1, Swift.min(longest, limit))

        var next = [Int](repeating: 0, count: 16)
        var code = 0
        for length in 1...15 {
            code = (code + counts[length - 1]) << 1
            next[length] = code
            if code + counts[length] > 1 << length { return nil }
        }
        let complete = code + counts[15] == 1 << 15
        guard complete || used == 0 || (used == 1 && longest == 1) else { return nil }

        var entries = [UInt32](repeating: Kind.nothing << 5, count: 1 << width)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let length = Int(length)
            let reversed = Int(UInt16(next[length]).reversed >> UInt16(16 - length))
            next[length] += 1
            var start = 0
            var room = width
            var rest = reversed
            if length > width {
                let first = reversed & (1 << width - 1)
                if entries[first] >> 5 & 7 != Kind.link {
                    // Codes are handed out in order of length, but symbols come in any: the widest decides.
                    let link = Kind.link << 5 | UInt32(longest - width) << 8 | UInt32(entries.count) << 16
                    entries[first] = link | UInt32(width)
                    entries += repeatElement(Kind.nothing << 5, count: 1 << (longest - width))
                }
                start = Int(entries[first] >> 16)
                room = longest - width
                rest = reversed >> width
            }
            let short = length > width ? length - width : length
            for index in stride(from: rest, to: 1 << room, by: 1 << short) {
                entries[start + index] = meanings[symbol] | UInt32(short)
            }
        }
        self.entries = entries
        self.width = width
    }
}

extension UInt16 {
    /// The same bits from the other end, as deflate packs its codes.
    fileprivate var reversed: UInt16 {
        var x = self
        x = (x & 0x5555) << 1 | (x >> 1) & 0x5555
        x = (x & 0x3333) << 2 | (x >> 2) & 0x3333
        x = (x & 0x0F0F) << 4 | (x >> 4) & 0x0F0F
        return x.byteSwapped
    }
}
