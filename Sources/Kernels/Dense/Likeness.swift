// Which pictures should share a tile, where pixels that are zero in all pictures of a tile are left out.
//
// Similar pictures are empty in similar places: of articles of clothing a sixth of the pixels is empty in six pictures chosen at
// random, and a third in six that are alike.
//
// The signature of a picture is a word with a bit for each of sixty-four pixels, spread evenly, that is not zero. A tile begins
// with the picture of fewest bits, and then takes, one by one, the picture that adds fewest. The order changes no result.
// Limit: counting bits, some cycles for every eight pictures of a block, once for each picture of the block.

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
            let samples = Samples(pixels: pictures.pixels)
            for index in 0..<padded {
                signatures[index] =
                    index < count ? samples.signature(of: x + (first + index) * pictures.pixels) : 0
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

/// The rank of a picture that is in a tile already: behind all others.
private let taken: UInt64 = 1 << 48

/// The pixels that signatures are made of.
private struct Samples {
    private var pixels = InlineArray<64, UInt32>(repeating: 0)
    private let count: Int

    init(pixels all: Int) {
        count = min(UInt64.bitWidth, all)
        for sample in 0..<count { pixels[sample] = UInt32(all * sample / count) }
    }

    /// A bit for each of them that is not zero.
    @inline(__always)
    func signature(of picture: UnsafePointer<Float>) -> UInt64 {
        var bits: UInt64 = 0
        for sample in 0..<count where picture[Int(pixels[sample])] != 0 { bits |= 1 &<< UInt64(sample) }
        return bits
    }
}
