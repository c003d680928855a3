// Compression by RFC 1951: what occurred before is replaced by its distance and length (`Matches`), and what remains is
// written in codes that are the shorter the more often they are used (`HuffmanCode`).

/// The compressed form of some bytes.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var bits = BitWriter()
    // Each block has codes of its own; this many symbols repay the table that describes them.
    let symbolsPerBlock = 1 << 15
    var rest = matches(in: bytes)[...]
    repeat {
        let block = rest.prefix(symbolsPerBlock)
        rest = rest.dropFirst(symbolsPerBlock)
        writeBlock(block, isLast: rest.isEmpty, to: &bits)
    } while !rest.isEmpty
    return bits.finished()
}

private func writeBlock(_ symbols: ArraySlice<Matched>, isLast: Bool, to bits: inout BitWriter) {
    var literalCounts = [Int](repeating: 0, count: 286)
    var distanceCounts = [Int](repeating: 0, count: 30)
    literalCounts[endOfBlock] = 1
    for symbol in symbols {
        switch symbol {
        case .literal(let byte): literalCounts[Int(byte)] += 1
        case .copy(let length, let distance):
            literalCounts[257 + lengthTable.index(of: length)] += 1
            distanceCounts[distanceTable.index(of: distance)] += 1
        }
    }
    let literals = HuffmanCode(counts: literalCounts, longest: 15)
    let distances = HuffmanCode(counts: distanceCounts, longest: 15)
    bits.write(isLast ? 1 : 0, count: 1)
    bits.write(2, count: 2)
    writeLengths(literals, distances, to: &bits)
    for symbol in symbols {
        switch symbol {
        case .literal(let byte): literals.write(Int(byte), to: &bits)
        case .copy(let length, let distance):
            let lengthIndex = lengthTable.index(of: length)
            literals.write(257 + lengthIndex, to: &bits)
            bits.write(length - lengthTable.bases[lengthIndex], count: lengthTable.extraBits[lengthIndex])
            let distanceIndex = distanceTable.index(of: distance)
            distances.write(distanceIndex, to: &bits)
            bits.write(distance - distanceTable.bases[distanceIndex], count: distanceTable.extraBits[distanceIndex])
        }
    }
    literals.write(endOfBlock, to: &bits)
}

private let endOfBlock = 256

/// Writes how long the codes are, from which a reader makes them; runs of equal lengths are counted, and the counts have
/// codes of their own (section 3.2.7).
private func writeLengths(_ literals: HuffmanCode, _ distances: HuffmanCode, to bits: inout BitWriter) {
    let runs = lengthRuns(literals.lengths + distances.lengths)
    var counts = [Int](repeating: 0, count: 19)
    for run in runs { counts[run.symbol] += 1 }
    let code = HuffmanCode(counts: counts, longest: 7)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    bits.write(literals.lengths.count - 257, count: 5)
    bits.write(distances.lengths.count - 1, count: 5)
    bits.write(order.count - 4, count: 4)
    for symbol in order { bits.write(code.lengths[symbol], count: 3) }
    for run in runs {
        code.write(run.symbol, to: &bits)
        bits.write(run.extra, count: run.extraBits)
    }
}

private func lengthRuns(_ lengths: [Int]) -> [(symbol: Int, extra: Int, extraBits: Int)] {
    var runs: [(symbol: Int, extra: Int, extraBits: Int)] = []
    var index = 0
    while index < lengths.count {
        let length = lengths[index]
        let count = lengths[index...].prefix { $0 == length }.count
        var taken = 1
        if length == 0, count >= 3 {
            taken = min(count, 138)
            runs.append(taken > 10 ? (18, taken - 11, 7) : (17, taken - 3, 3))
        } else if count >= 4 {
            taken = min(count, 7)
            runs.append((length, 0, 0))
            runs.append((16, taken - 4, 2))
        } else {
            runs.append((length, 0, 0))
        }
        index += taken
    }
    return runs
}
