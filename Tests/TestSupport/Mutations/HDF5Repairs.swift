/// Makes the checksums of an HDF5 file right again, as far as its blocks can be followed.
package struct HDF5Repairs: Sendable {
    private let checksum: @Sendable (ArraySlice<UInt8>) -> UInt32

    package init(_ checksum: @escaping @Sendable (ArraySlice<UInt8>) -> UInt32) { self.checksum = checksum }

    package func repair(_ file: inout [UInt8]) {
        if file.count >= 48, file[8] == 2 || file[8] == 3 { seal(&file, 0..<44) }
        var start = 0
        while let header = nextHeader(in: file, from: start) {
            start = header + 4
            guard header + 16 <= file.count else { return }
            let flags = file[header + 5]
            let skipped = (flags & 0x20 == 0 ? 0 : 16) + (flags & 0x10 == 0 ? 0 : 4)
            let sizeBytes = header + 6 + skipped..<header + 6 + skipped + 1 << Int(flags & 3)
            guard let size = number(file, sizeBytes), size <= file.count - sizeBytes.upperBound else { continue }
            let end = sizeBytes.upperBound + size
            seal(&file, header..<end)
            sealContinuations(&file, in: sizeBytes.upperBound..<end, headerOfMessage: flags & 4 == 0 ? 4 : 6)
        }
    }

    /// The blocks that a header's messages name.
    private func sealContinuations(_ file: inout [UInt8], in range: Range<Int>, headerOfMessage: Int) {
        var message = range.lowerBound
        while message + headerOfMessage <= range.upperBound {
            let size = Int(file[message + 1]) | Int(file[message + 2]) << 8
            let content = message + headerOfMessage
            if file[message] == 16,
                let start = number(file, content..<content + 8), let count = number(file, content + 8..<content + 16),
                count >= 4, start <= file.count, count <= file.count - start
            {
                seal(&file, start..<start + count - 4)
            }
            message = content + size
        }
    }

    private func number(_ file: [UInt8], _ range: Range<Int>) -> Int? {
        guard range.upperBound <= file.count else { return nil }
        return Int(exactly: file[range].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// Puts the checksum of some bytes behind them.
    private func seal(_ file: inout [UInt8], _ range: Range<Int>) {
        guard range.upperBound + 4 <= file.count else { return }
        let checksum = checksum(file[range])
        for place in 0..<4 { file[range.upperBound + place] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * place)) }
    }

    private func nextHeader(in file: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + 4 <= file.count {
            if file[place] == UInt8(ascii: "O"), file[place..<place + 4].elementsEqual("OHDR".utf8) { return place }
            place += 1
        }
        return nil
    }
}
