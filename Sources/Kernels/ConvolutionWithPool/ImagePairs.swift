// Two images computed as one, for so few filters that a vector has room for those of two images.
//
// The floats of both are interleaved: a float of the first image, then the same float of the second. A kernel whose lanes are
// filters treats such a pair as one image of twice as many filters, with each weight duplicated and each pixel broadcast as a
// pair. Lanes never mix, so that the sums of both images are bit for bit what they are alone.

/// A float of an image, or of a pair of images at one place.
protocol Pixel: BitwiseCopyable {
    /// The vector by which the weights of the filters are multiplied.
    var spread: Lanes { get }

    /// Reads the filters of one place; those of a second image lie `distance` further on. Nothing beyond the end is read.
    static func lanes(of images: UnsafePointer<Float>, _ distance: Int, at offset: Int, before end: Int) -> Lanes

    /// Writes the filters of one place; nothing beyond the end of either image.
    static func store(
        _ lanes: Lanes, to images: UnsafeMutablePointer<Float>, _ distance: Int, at offset: Int, before end: Int)
}

/// A position in a row of pixels.
protocol PixelRow {
    /// The vector by which the weights of the filters are multiplied.
    var spread: Lanes { get }
    func advanced(by pixels: Int) -> Self
}

extension UnsafePointer: PixelRow where Pointee: Pixel {
    @inline(__always) var spread: Lanes { pointee.spread }
}

extension Float: Pixel {
    @inline(__always) var spread: Lanes { Lanes(repeating: self) }

    @inline(__always)
    static func lanes(of image: UnsafePointer<Float>, _ distance: Int, at offset: Int, before end: Int) -> Lanes {
        image.lanesInPieces(at: offset, before: end)
    }

    @inline(__always)
    static func store(
        _ lanes: Lanes, to image: UnsafeMutablePointer<Float>, _ distance: Int, at offset: Int, before end: Int
    ) {
        image.store(inPieces: lanes, at: offset, before: end)
    }
}

/// The pixels of two images at one place.
struct PixelPair: Pixel {
    private let bits: UInt64

    @inline(__always) var spread: Lanes { unsafeBitCast(LanePairs(repeating: bits), to: Lanes.self) }

    @inline(__always)
    static func lanes(of images: UnsafePointer<Float>, _ distance: Int, at offset: Int, before end: Int) -> Lanes {
        let first = images.lanesInPieces(at: offset, before: end)
        let second = images.lanesInPieces(at: offset + distance, before: end)
        return Lanes(even: first.lowHalf, odd: second.lowHalf)
    }

    @inline(__always)
    static func store(
        _ lanes: Lanes, to images: UnsafeMutablePointer<Float>, _ distance: Int, at offset: Int, before end: Int
    ) {
        images.store(inPieces: lanes.evenHalf, at: offset, before: end)
        (images + distance).store(inPieces: lanes.oddHalf, at: offset, before: end)
    }
}

/// Whether a vector has room for the filters of two images.
func fitsTwice(filters: Int) -> Bool { filters <= laneCount / 2 }

/// Interleaves two images.
func interleave(
    count: Int, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, to pairs: UnsafeMutablePointer<Float>
) {
    let whole = count / laneCount * laneCount
    for offset in stride(from: 0, to: whole, by: laneCount) {
        let (low, high) = first.lanes(at: offset).interleaved(with: second.lanes(at: offset))
        pairs.store(low, at: 2 * offset)
        pairs.store(high, at: 2 * offset + laneCount)
    }
    for offset in whole..<count {
        pairs[2 * offset] = first[offset]
        pairs[2 * offset + 1] = second[offset]
    }
}

extension Lanes {
    /// Each lane of the lower half twice, side by side.
    @inline(__always) var doubled: Lanes { Lanes(even: lowHalf, odd: lowHalf) }
}
