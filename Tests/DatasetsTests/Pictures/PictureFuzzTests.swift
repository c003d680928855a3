import Tensors
import Testing

@testable import Datasets

/// Bad pictures through the readers; as long and as varied as `FuzzTests` says.
@Suite struct PictureFuzzTests {
    private static var seeds: [[UInt8]] {
        var palette = PNGWriter(width: 5, height: 4, depth: 2, colorType: 3, [0x1B, 0, 0xE4, 0x40, 1, 0, 2, 0])
        palette.chunks = [("PLTE", [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2]), ("tRNS", [1, 2])]
        return RealPNG.all.map(\.bytes) + [
            palette.bytes, Array("P5 # x\n4 2 255\n12345678".utf8), Array("P2 4 2 99 1 2 3 4 5 6 7 99".utf8),
            Array("P6 2 2 65535 abcdefghijklmnopqrstuvwx".utf8), Array("P3 1 2 7 1 2 3 4 5 6\n".utf8),
        ]
    }

    @Test func `no picture crashes a reader, hangs it or takes unbounded memory`() {
        let mutator = Mutator(seeds: Self.seeds, seed: FuzzTests.seed)
        let memory = peakMemory()
        var slowest = Duration.zero
        var read = 0
        for number in 0..<FuzzTests.count {
            let input = mutator.input(number)
            slowest = max(
                slowest,
                ContinuousClock().measure {
                    // Behind a wrong checksum lies most of the reader.
                    for file in [input, PNGWriter.repaired(input)] where feed(file) { read += 1 }
                })
        }
        #expect(slowest < .seconds(10))
        #expect(peakMemory() - memory < 1 << 30)
        #expect(read > FuzzTests.count / 50 && read < FuzzTests.count * 3 / 2)
        print("\(FuzzTests.count) pictures of seed \(FuzzTests.seed): \(read) were read, the slowest took \(slowest)")
    }

    @Test func `any header over any pixels is read or refused`() {
        var read = 0
        for number in 0..<FuzzTests.count {
            let source = RandomSource(seed: FuzzTests.seed, purpose: "png", epoch: number)
            func roll(_ index: Int, _ sides: Int) -> Int { source.integer(below: sides, at: index) }
            var writer = PNGWriter(
                width: 1 + roll(0, 9), height: 1 + roll(1, 5), depth: [1, 2, 4, 8, 16, 3][roll(2, 6)],
                colorType: [0, 2, 3, 4, 6, 5][roll(3, 6)], [])
            let count = (writer.rowBytes + 1) * writer.height
            writer.stream = PNGWriter.zlib(
                (0..<count).map { place in
                    // Filters are seldom wrong, or no row but the first would ever be reached.
                    let isFilter = place % (writer.rowBytes + 1) == 0 && roll(4, 8) > 0
                    return UInt8(roll(10 + place, isFilter ? 5 : 256))
                })
            if roll(5, 4) > 0 { writer.chunks.append(("PLTE", [UInt8](repeating: 7, count: 3 * roll(6, 257)))) }
            if roll(7, 3) == 0 { writer.chunks.append(("tRNS", [UInt8](repeating: 1, count: roll(8, 9)))) }
            if feed(writer.bytes) { read += 1 }
        }
        #expect(read > FuzzTests.count / 10 && read < FuzzTests.count * 9 / 10)
    }

    /// Whether any reader found the input whole.
    private func feed(_ input: [UInt8]) -> Bool {
        let isNetpbm = input.count > 1 && input[0] == UInt8(ascii: "P") && 50...54 ~= input[1]
        guard let picture = isNetpbm ? try? Picture(netpbm: input) : try? Picture(png: input) else { return false }
        #expect(picture.pixels.count == picture.height * picture.width * picture.channels)
        for channels in [1, 3] {
            let fitted = try? picture.fitted(to: Shape(28, 28, channels))
            #expect(fitted?.picture.pixels.count == 784 * channels)
        }
        return true
    }
}
