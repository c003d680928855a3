extension Inflate {
    /// The two codes that a dynamic block brings along (RFC 1951, 3.2.7).
    static func readTables(
        _ input: RawSpan, _ reader: inout BitReader
    ) throws(InflateError) -> (literals: HuffmanTable?, distances: HuffmanTable?) {
        try reader.refill(from: input)
        let literalCount = reader.take(5) + 257
        let distanceCount = reader.take(5) + 1
        let lengthCount = reader.take(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else {
            throw InflateError(fact: .codeLengths, offset: reader.offset)
        }

        var ofLengths = [UInt8](repeating: 0, count: 19)
        for symbol in DeflateCodes.codeLengthOrder.prefix(lengthCount) {
            try reader.refill(from: input)
            ofLengths[symbol] = UInt8(reader.take(3))
        }
        guard let table = HuffmanTable(lengths: ofLengths, meanings: DeflateCodes.codeLengths, width: 7) else {
            throw InflateError(fact: .codeLengths, offset: reader.offset)
        }

        var lengths: [UInt8] = []
        lengths.reserveCapacity(literalCount + distanceCount)
        while lengths.count < literalCount + distanceCount {
            try reader.refill(from: input)
            let entry = table.entries[reader.peek(table.width)]
            guard entry >> 5 & 7 == HuffmanTable.Kind.literal else {
                throw InflateError(fact: .unusedCode, offset: reader.offset)
            }
            reader.drop(Int(entry & 0x1F))
            switch entry >> 16 {
            case 16:
                guard let last = lengths.last else { throw InflateError(fact: .codeLengths, offset: reader.offset) }
                lengths += repeatElement(last, count: 3 + reader.take(2))
            case 17: lengths += repeatElement(0, count: 3 + reader.take(3))
            case 18: lengths += repeatElement(0, count: 11 + reader.take(7))
            case let length: lengths.append(UInt8(length))
            }
        }
        // Lengths may not run on beyond the last code, and a block without an end could never be left.
        guard lengths.count == literalCount + distanceCount, lengths[256] > 0 else {
            throw InflateError(fact: .codeLengths, offset: reader.offset)
        }
        return (
            HuffmanTable(
                lengths: lengths[..<literalCount], meanings: DeflateCodes.literals, width: DeflateCodes.literalWidth),
            HuffmanTable(
                lengths: lengths[literalCount...], meanings: DeflateCodes.distances, width: DeflateCodes.distanceWidth)
        )
    }
}
