// Which pictures should share a tile, if pixels that are zero in all pictures of a tile are left out.
//
// Pictures of like things are empty at like places: of articles of clothing a sixth of the pixels is empty in six pictures taken
// at random, and a third in six that are alike.
//
// Sixty-four pixels of a picture, spread evenly, are noted as a word of bits, one for each that is not zero. A tile begins with
// the picture that has fewest bits, and takes again and again the one that adds fewest. Which they are changes no result.
// Limit: counting bits, some cycles for every eight pictures of a block and each of them placed.

/// The pictures of one block in the order in which tiles take them: `order[place]` is the picture, from the block's first.
func orderByLikeness(
    _ pictures: ListedPictures, block: Int, from x: UnsafePointer<Float>, to order: UnsafeMutablePointer<UInt32>
) {
    let tiles = pictures.tiles(ofBlock: block)
    let first = pictures.places(ofTile: tiles.lowerBound).lowerBound
    let count = pictures.places(ofTile: tiles.upperBound - 1).upperBound - first
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ListedPictures.mostInBlock) { signatures in
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ListedPictures.mostInBlock) { ranks in
            let (signatures, ranks) = (signatures.baseAddress!, ranks.baseAddress!)
            let padded = ListedPictures.padded(count)
            for index in 0..<padded {
                signatures[index] =
                    index < count ? signature(of: x + (first + index) * pictures.pixels, pictures.pixels) : 0
                ranks[index] = index < count ? UInt64(index) : taken
            }
            for tile in tiles {
                var union: UInt64 = 0
                for place in pictures.places(ofTile: tile) {
                    // The fewest bits, and the first picture among those that have them.
                    var best = UInt64.max
                    for index in 0..<padded {
                        let bits = UInt64((signatures[index] | union).nonzeroBitCount)
                        best = min(best, bits &<< 32 &+ ranks[index])
                    }
                    let index = Int(best & UInt64(UInt32.max))
                    order[place - first] = UInt32(index)
                    union |= signatures[index]
                    ranks[index] = taken
                }
            }
        }
    }
}

/// Behind all pictures that are still to be had.
private let taken: UInt64 = 1 << 48

/// A bit for each pixel looked at that is not zero.
@inline(__always)
private func signature(of picture: UnsafePointer<Float>, _ pixels: Int) -> UInt64 {
    let samples = min(UInt64.bitWidth, pixels)
    var bits: UInt64 = 0
    for sample in 0..<samples where picture[pixels * sample / samples] != 0 { bits |= 1 &<< UInt64(sample) }
    return bits
}
