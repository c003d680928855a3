/// Codes of bits, none of which begins another: the more often a symbol occurs, the shorter.
struct HuffmanCode {
    /// By symbol; zero for those that do not occur.
    let lengths: [Int]
    private let codes: [Int]

    /// The best code whose lengths do not exceed a limit, by the package-merge method: `longest` times, the cheapest
    /// symbols and the pairs of the round before are sorted and paired; each time a symbol is among those taken in the
    /// end makes its code a bit longer.
    init(counts: [Int], longest: Int) {
        var lengths = [Int](repeating: 0, count: counts.count)
        var used = counts.indices.filter { counts[$0] > 0 }
        // A code of one symbol would have no bits; readers want two.
        while used.count < 2 { used.append(used.first == 0 ? 1 : 0) }
        let single = used.map { (weight: counts[$0], symbols: [$0]) }.sorted { $0.weight < $1.weight }
        var row = single
        for _ in 1..<longest {
            let pairs = stride(from: 0, to: row.count - 1, by: 2).map {
                (weight: row[$0].weight + row[$0 + 1].weight, symbols: row[$0].symbols + row[$0 + 1].symbols)
            }
            row = merged(single, pairs)
        }
        for package in row.prefix(2 * used.count - 2) {
            for symbol in package.symbols { lengths[symbol] += 1 }
        }
        self.lengths = lengths
        codes = Self.codes(lengths)
    }

    func write(_ symbol: Int, to bits: inout BitWriter) {
        bits.write(codes[symbol], count: lengths[symbol])
    }

    /// Codes in the order that RFC 1951 prescribes, first bit lowest.
    private static func codes(_ lengths: [Int]) -> [Int] {
        var next = 0
        var codes = [Int](repeating: 0, count: lengths.count)
        for length in 1...15 {
            next <<= 1
            for symbol in lengths.indices where lengths[symbol] == length {
                codes[symbol] = (0..<length).reduce(0) { $0 << 1 | next >> $1 & 1 }
                next += 1
            }
        }
        return codes
    }
}

private typealias Package = (weight: Int, symbols: [Int])

private func merged(_ first: [Package], _ second: [Package]) -> [Package] {
    var result: [Package] = []
    var (left, right) = (first[...], second[...])
    while let a = left.first, let b = right.first {
        result.append(a.weight <= b.weight ? left.removeFirst() : right.removeFirst())
    }
    return result + left + right
}

/// Bits in the order in which deflate fills bytes, from the lowest up.
struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var count = 0

    mutating func write(_ value: Int, count added: Int) {
        pending |= UInt64(value) << UInt64(count)
        count += added
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            count -= 8
        }
    }

    /// All bytes, the last filled up with zeros.
    func finished() -> [UInt8] {
        count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes
    }
}
