import Tensors
import TestSupport
import Testing

@testable import Datasets

/// Mutated pictures, and pictures made at random: read or refused, and never more than that.
@Suite struct PictureMutationTests {
    private static var pngs: [[UInt8]] {
        var palette = PNGWriter(width: 5, height: 4, depth: 2, colorType: 3, [0x1B, 0, 0xE4, 0x40, 1, 0, 2, 0])
        palette.chunks = [("PLTE", [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2]), ("tRNS", [1, 2])]
        return RealPNG.all.map(\.bytes) + [palette.bytes]
    }

    private static let netpbms = [
        "P5 # x\n4 2 255\n12345678", "P2 4 2 99 1 2 3 4 5 6 7 99", "P6 2 2 65535 abcdefghijklmnopqrstuvwx",
        "P3 1 2 7 1 2 3 4 5 6\n",
    ].map { Array($0.utf8) }

    private static func usePNGs() -> MutationRun {
        MutationRun("PNG", of: pngs, repairing: PNGWriter.repair) { try use(Picture(png: $0)) }
    }

    private static func useNetpbms() -> MutationRun {
        MutationRun("netpbm", of: netpbms) { file in
            // The reader itself is only given what begins as such pictures do.
            guard case .netpbm = try PictureFormat(of: file) else { return }
            try use(Picture(netpbm: file))
        }
    }

    @Test func `no mutated PNG is more than read or refused`() {
        #expect(Self.usePNGs().complaints == [])
    }

    @Test func `no mutated netpbm picture is more than read or refused`() {
        #expect(Self.useNetpbms().complaints == [])
    }

    @Test func `reading mutated pictures takes no more than a gigabyte`() async {
        // In a process of its own, where no other test takes any.
        await #expect(processExitsWith: .success) {
            let memory = peakMemory()
            _ = (PictureMutationTests.usePNGs(), PictureMutationTests.useNetpbms())
            #expect(peakMemory() - memory < 1 << 30)
        }
    }

    @Test func `any header over any pixels is read or refused`() {
        var read = 0
        for number in 0..<2000 {
            let source = RandomSource(seed: 0, purpose: "png", round: number)
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
            if let picture = try? Picture(png: writer.bytes) {
                #expect(throws: Never.self) { try Self.use(picture) }
                read += 1
            }
        }
        #expect(read > 200 && read < 1800)
    }

    /// Does with a picture what a prediction does.
    private static func use(_ picture: Picture) throws {
        guard picture.pixels.count == picture.height * picture.width * picture.channels else {
            throw MutationMistake("has \(picture.pixels.count) pixels")
        }
        for channels in [1, 3] {
            let fitted = try? picture.fitted(to: Shape(28, 28, channels))
            if let fitted, fitted.picture.pixels.count != 784 * channels {
                throw MutationMistake("is fitted to \(fitted.picture.pixels.count) pixels")
            }
        }
    }
}
