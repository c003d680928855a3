// Pictures as lists: for each tile of a few pictures, the pixels that are not zero in all of the tile's pictures.
//
// A list begins with its length and the numbers of its pictures. For each pixel follow its number and its values in all
// pictures, so that a product reads memory in one straight line. Everything is stored as floats, integers by their bits.
//
// Limit: six loads and seven stores a pixel. It pays where each list is multiplied by many panels.

/// The lengths of a batch of pictures, of which empty pixels are left out.
package struct ListedPictures: Sendable, Equatable {
    let count: Int
    let pixels: Int

    /// Pictures in one tile, at most.
    static let tallest = 6
    /// Tiles of the largest block of pictures, within which similar ones are sought: the time grows with the block.
    private static let blockTiles = 11
    /// Pictures of the largest block, rounded up to what loops over them take at a time.
    static var mostInBlock: Int { padded(blockTiles * tallest) }

    static func padded(_ count: Int) -> Int { count.roundedUp(toMultipleOf: 16) }

    /// A batch of that many pictures.
    package init(count: Int, pixels: Int) {
        self.count = count
        self.pixels = pixels
    }

    /// Floats of the lists for each picture; a tile of one picture needs most.
    package static func floats(pixels: Int) -> Int { 2 * (1 + pixels) }

    /// How many tiles there are.
    var tiles: Int { count.dividedRoundingUp(by: Self.tallest) }
    /// How many blocks there are.
    package var blocks: Int { tiles.dividedRoundingUp(by: Self.blockTiles) }

    /// The tiles of a block.
    func tiles(ofBlock block: Int) -> Range<Int> { (0..<tiles).share(block, of: blocks) }

    /// The pictures of a tile, numbered in the order in which tiles take them.
    func places(ofTile tile: Int) -> Range<Int> { (0..<count).share(tile, of: tiles) }

    /// Where the list of a tile begins among all lists.
    func beginning(ofTile tile: Int) -> Int { places(ofTile: tile).lowerBound * Self.floats(pixels: pixels) }
}

/// Lists the tiles of one block.
package func listTiles(
    _ pictures: ListedPictures, block: Int, from x: UnsafePointer<Float>, to lists: UnsafeMutablePointer<Float>
) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ListedPictures.mostInBlock) { order in
        let order = order.baseAddress!
        orderByLikeness(pictures, block: block, from: x, to: order)
        let tiles = pictures.tiles(ofBlock: block)
        let first = pictures.places(ofTile: tiles.lowerBound).lowerBound
        for tile in tiles {
            let places = pictures.places(ofTile: tile)
            let list = lists + pictures.beginning(ofTile: tile)
            for place in places {
                list[1 + place - places.lowerBound] = Float(bitPattern: UInt32(first) + order[place - first])
            }
            listPixels(pictures.pixels, rows: places.count, from: x, to: list)
        }
    }
}

/// Lists the pixels of a tile whose pictures are stored already.
private func listPixels(
    _ pixels: Int, rows: Int, from x: UnsafePointer<Float>, to list: UnsafeMutablePointer<Float>
) {
    switch rows {
    case 6: listPixels(Rows6<Single>.self, pixels, x, list)
    case 5: listPixels(Rows5<Single>.self, pixels, x, list)
    case 4: listPixels(Rows4<Single>.self, pixels, x, list)
    case 3: listPixels(Rows3<Single>.self, pixels, x, list)
    case 2: listPixels(Rows2<Single>.self, pixels, x, list)
    default: listPixels(Rows1<Single>.self, pixels, x, list)
    }
}

/// Every pixel is written; one that is zero everywhere is overwritten by the next, so that there is no branch to mispredict.
@inline(never)
private func listPixels<T: Tile>(
    _ tile: T.Type, _ pixels: Int, _ x: UnsafePointer<Float>, _ list: UnsafeMutablePointer<Float>
) {
    /// The beginning of a picture; missing ones are the last once more.
    @inline(__always)
    func picture(_ index: Int) -> UnsafePointer<Float> { x + Int(list[1 + min(index, T.rows - 1)].bitPattern) * pixels }
    let (x0, x1, x2, x3, x4, x5) = (picture(0), picture(1), picture(2), picture(3), picture(4), picture(5))
    let entryFloats = 1 + T.rows
    var entry = list + entryFloats
    for pixel in 0..<pixels {
        let (v0, v1, v2, v3, v4, v5) = (x0[pixel], x1[pixel], x2[pixel], x3[pixel], x4[pixel], x5[pixel])
        entry[0] = Float(bitPattern: UInt32(truncatingIfNeeded: pixel))
        entry[1] = v0
        if T.rows > 1 { entry[2] = v1 }
        if T.rows > 2 { entry[3] = v2 }
        if T.rows > 3 { entry[4] = v3 }
        if T.rows > 4 { entry[5] = v4 }
        if T.rows > 5 { entry[6] = v5 }
        let bits =
            v0.bitPattern | v1.bitPattern | v2.bitPattern | v3.bitPattern | v4.bitPattern | v5.bitPattern
        entry += bits == 0 ? 0 : entryFloats
    }
    list[0] = Float(bitPattern: UInt32((entry - list) / entryFloats - 1))
}
