import TestSupport
import Testing

@testable import Kernels

@Suite struct TileListsTests {
    /// The pictures and the listed pixels of each tile.
    private func lists(of x: [Float], count: Int) -> [(pictures: [Int], pixels: [Int])] {
        let pictures = ListedPictures(count: count, pixels: x.count / count)
        let source = GuardedFloats(x, .after)
        let memory = GuardedFloats(count: count * ListedPictures.floats(pixels: pictures.pixels), .after)
        for block in 0..<pictures.blocks {
            listTiles(pictures, block: block, from: source.readOnly, to: memory.base)
        }
        return (0..<pictures.tiles).map { tile in
            let list = memory.readOnly + pictures.beginning(ofTile: tile)
            let rows = pictures.places(ofTile: tile).count
            return (
                (0..<rows).map { Int(list[1 + $0].bitPattern) },
                (0..<Int(list[0].bitPattern)).map { Int(list[(1 + rows) * (1 + $0)].bitPattern) }
            )
        }
    }

    @Test func `pictures that are empty at like places share a tile`() {
        // In turn, pictures of an upper and of a lower half.
        let x = (0..<24).flatMap { picture in
            (0..<64).map { pixel in (pixel < 32) == (picture % 2 == 0) ? Float(1) : 0 }
        }
        for list in lists(of: x, count: 24) {
            #expect(Set(list.pictures.map { $0 % 2 }).count == 1)
            #expect(list.pixels == Array(list.pictures[0] % 2 == 0 ? 0..<32 : 32..<64))
        }
    }

    @Test(arguments: [1, 5, 64, 66, 67, 133, 300])
    func `every picture is in one tile, with every pixel that is not empty in all of the tile`(count: Int) {
        var noise = Noise("lists \(count)")
        let pixels = 40
        let x = (0..<count * pixels).map { _ in noise.integer(in: 0...9) == 0 ? Float(1) : 0 }
        let all = lists(of: x, count: count)
        #expect(all.flatMap(\.pictures).sorted() == Array(0..<count))
        for list in all {
            let active = (0..<pixels).filter { pixel in list.pictures.contains { x[$0 * pixels + pixel] != 0 } }
            #expect(list.pixels == active)
        }
    }
}
