// What a kernel gradient behind a max pool reads of an image: for every filter the patch of the place that won.

/// An image whose winners' patches are added up.
protocol WinnerPatches {
    associatedtype Image: Pixel

    /// The same image from a later pixel on.
    func advanced(by pixels: Int) -> Self

    /// Adds one window to the rows of a kernel: for each filter its gradient times the patch of its winner.
    func add<Rows: KernelRows>(
        _ gradient: Lanes, _ winner: LaneBits, ofWindowAt pixel: Int, _ walk: PoolWalk, to sum: inout Rows)
}

/// Windows of two by two: winners' patches are selected from quads.
struct ChosenPatches<P: QuadPixel>: WinnerPatches {
    typealias Image = P
    let quads: UnsafePointer<P>

    @inline(__always)
    func advanced(by pixels: Int) -> ChosenPatches { ChosenPatches(quads: quads + 4 * pixels) }

    @inline(__always)
    func add<Rows: KernelRows>(
        _ gradient: Lanes, _ winner: LaneBits, ofWindowAt pixel: Int, _ walk: PoolWalk, to sum: inout Rows
    ) {
        let choice = ChosenPixels(quads + 4 * pixel, P.choice(of: winner))
        sum.add(Single(v: gradient), times: choice, walk.rowStride)
    }
}

/// Any windows: place by place, the gradient of those filters that won there, and zero in the other lanes.
struct PlacedPatches<P: Pixel>: WinnerPatches {
    typealias Image = P
    let image: UnsafePointer<P>

    @inline(__always)
    func advanced(by pixels: Int) -> PlacedPatches { PlacedPatches(image: image + pixels) }

    @inline(__always)
    func add<Rows: KernelRows>(
        _ gradient: Lanes, _ winner: LaneBits, ofWindowAt pixel: Int, _ walk: PoolWalk, to sum: inout Rows
    ) {
        for place in 0..<walk.placeRows * walk.placeColumns {
            let (h, w) = place.quotientAndRemainder(dividingBy: walk.placeColumns)
            sum.add(
                share(of: gradient, winner, at: UInt32(truncatingIfNeeded: place)),
                times: image + pixel + h * walk.placeRow + w * walk.placeColumn, walk.rowStride)
        }
    }
}

/// The gradient of those filters that won at a place. (Transparent for the reason that `Maxima` gives.)
@_transparent
private func share(of gradient: Lanes, _ winner: LaneBits, at place: UInt32) -> Single {
    Single(v: Lanes.zero.replacing(with: gradient, where: winner .== LaneBits(repeating: place)))
}
