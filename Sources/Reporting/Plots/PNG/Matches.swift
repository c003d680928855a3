/// A byte as it is, or a repetition of what was written before.
enum Matched {
    case literal(UInt8)
    case copy(length: Int, distance: Int)
}

/// Finds repetitions: positions where the same three bytes begin are chained, and the longest match along the chain
/// is taken.
func matches(in bytes: [UInt8]) -> [Matched] {
    let (longest, farthest, mostTries, hashes) = (258, 32_768, 24, 1 << 14)
    var latest = [Int32](repeating: -1, count: hashes)
    var previous = [Int32](repeating: -1, count: bytes.count)
    var result: [Matched] = []
    bytes.withUnsafeBufferPointer { bytes in
        func hash(_ index: Int) -> Int {
            let three = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
            return Int((three &* 2_654_435_761) >> 18)
        }
        func remember(_ index: Int) {
            guard index + 3 <= bytes.count else { return }
            let hash = hash(index)
            previous[index] = latest[hash]
            latest[hash] = Int32(index)
        }
        func common(_ first: Int, _ second: Int, atMost limit: Int) -> Int {
            var length = 0
            while length < limit, bytes[first + length] == bytes[second + length] { length += 1 }
            return length
        }
        var index = 0
        while index < bytes.count {
            var (length, distance) = (0, 0)
            let limit = min(longest, bytes.count - index)
            if limit >= 3 {
                var candidate = Int(latest[hash(index)])
                var tries = mostTries
                while candidate >= 0, index - candidate <= farthest, tries > 0, length < limit {
                    let found = common(candidate, index, atMost: limit)
                    if found > length { (length, distance) = (found, index - candidate) }
                    candidate = Int(previous[candidate])
                    tries -= 1
                }
            }
            let taken = length >= 3 ? length : 1
            result.append(length >= 3 ? .copy(length: length, distance: distance) : .literal(bytes[index]))
            for position in index..<index + taken { remember(position) }
            index += taken
        }
    }
    return result
}

/// Numbers in ranges that double: a symbol for the range, extra bits for the place in it (RFC 1951, section 3.2.5).
struct RangeTable {
    let bases: [Int]
    let extraBits: [Int]

    /// `perDoubling` ranges share each count of extra bits, after twice as many of one number each.
    init(first: Int, perDoubling: Int, count: Int) {
        var (bases, extraBits): ([Int], [Int]) = ([], [])
        var base = first
        for index in 0..<count {
            let bits = max(0, index / perDoubling - 1)
            bases.append(base)
            extraBits.append(bits)
            base += 1 << bits
        }
        self.bases = bases
        self.extraBits = extraBits
    }

    func index(of value: Int) -> Int {
        var (low, high) = (0, bases.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if bases[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }
}

let distanceTable = RangeTable(first: 1, perDoubling: 2, count: 30)

/// The longest length has a symbol of its own.
let lengthTable: RangeTable = {
    let table = RangeTable(first: 3, perDoubling: 4, count: 28)
    return RangeTable(bases: table.bases + [258], extraBits: table.extraBits + [0])
}()

extension RangeTable {
    fileprivate init(bases: [Int], extraBits: [Int]) {
        self.bases = bases
        self.extraBits = extraBits
    }
}
