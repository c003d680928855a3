import Testing

@testable import Reporting

@Suite struct DeflateTests {
    /// Decompresses by a reader that knows nothing of the writer but RFC 1951.
    private struct Inflater {
        let bytes: [UInt8]
        var position = 0
        var output: [UInt8] = []

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func bits(_ count: Int) -> Int {
            (0..<count).reduce(0) { sum, index in
                defer { position += 1 }
                return sum | Int(bytes[position / 8] >> UInt8(position % 8) & 1) << index
            }
        }

        /// Symbols by their codes, and how many codes have each length.
        struct Code {
            let order: [Int]
            var counts = [Int](repeating: 0, count: 16)

            init(_ lengths: some Sequence<Int>) {
                let lengths = Array(lengths)
                order = lengths.indices.filter { lengths[$0] > 0 }.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
                for length in lengths { counts[length] += 1 }
            }
        }

        mutating func symbol(_ known: Code) -> Int {
            var (code, first, index) = (0, 0, 0)
            for length in 1...15 {
                code |= bits(1)
                let count = known.counts[length]
                if code - first < count { return known.order[index + code - first] }
                index += count
                first = (first + count) << 1
                code <<= 1
            }
            return -1
        }

        mutating func block() -> Bool {
            let isLast = bits(1) == 1
            guard bits(2) == 2 else { return true }
            let (literals, distances, codes) = (bits(5) + 257, bits(5) + 1, bits(4) + 4)
            var codeLengths = [Int](repeating: 0, count: 19)
            for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(codes) {
                codeLengths[symbol] = bits(3)
            }
            var lengths: [Int] = []
            let codeOfLengths = Code(codeLengths)
            while lengths.count < literals + distances {
                switch symbol(codeOfLengths) {
                case 16: lengths += Array(repeating: lengths[lengths.count - 1], count: 3 + bits(2))
                case 17: lengths += Array(repeating: 0, count: 3 + bits(3))
                case 18: lengths += Array(repeating: 0, count: 11 + bits(7))
                case let length: lengths.append(length)
                }
            }
            let bases = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131]
            let (codeOfLiterals, codeOfDistances) = (Code(lengths[..<literals]), Code(lengths[literals...]))
            while true {
                let symbol = symbol(codeOfLiterals)
                if symbol < 256 { output.append(UInt8(symbol)) }
                if symbol == 256 { return isLast }
                guard symbol > 256 else { continue }
                let index = symbol - 257
                let base = index < bases.count ? bases[index] : [163, 195, 227, 258][index - 25]
                let length = base + (index == 28 ? 0 : bits(max(0, index / 4 - 1)))
                let code = self.symbol(codeOfDistances)
                let extra = max(0, code / 2 - 1)
                let distance = (code < 2 ? code : (2 + code % 2) << extra) + 1 + bits(extra)
                for _ in 0..<length { output.append(output[output.count - distance]) }
            }
        }

        mutating func all() -> [UInt8] {
            while !block() {}
            return output
        }
    }

    private static func noise(_ count: Int, of values: UInt64) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8((state >> 33) % values)
        }
    }

    @Test(
        arguments: [
            [], [7], [7, 7], Array(repeating: 0, count: 100_000), Array(0...255), noise(40_000, of: 256),
            noise(50_000, of: 2), Array((0..<300).flatMap { _ in Array("validation accuracy ".utf8) }),
            noise(300, of: 256) + noise(300, of: 256), noise(33_000, of: 256) + noise(33_000, of: 256),
        ] as [[UInt8]])
    func `what is compressed comes back`(bytes: [UInt8]) {
        var inflater = Inflater(deflated(bytes))
        #expect(inflater.all() == bytes)
    }

    @Test func `repetitions take little room`() {
        #expect(deflated(Array(repeating: 0, count: 100_000)).count < 300)
        #expect(deflated(Self.noise(50_000, of: 2)).count < 8_500)
    }

    @Test func `codes are no longer than allowed, however uneven the counts`() {
        var counts = [1, 1]
        while counts.count < 30 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
        let code = HuffmanCode(counts: counts, longest: 15)
        #expect(code.lengths.max() == 15)
        // Kraft's sum is one for a code that wastes nothing.
        #expect(code.lengths.reduce(0) { $0 + 1 << (15 - $1) } == 1 << 15)
    }
}
