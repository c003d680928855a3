// How Winograd's convolution cuts images into tiles: 2 × 2 results each, which see 4 × 4 pixels, or 4 × 4 results, which see
// 6 × 6; neighbouring tiles share two lines of pixels. Tiles at the edges reach beyond the results and the image; what lies
// outside reads as zero and is never written.
//
// A tile is transformed in place where possible. A tile that reaches beyond the image, or whose channels are not a multiple
// of a vector, goes through a patch: a small square of pixels in whole vectors.

/// The lengths of a Winograd convolution and its gradients.
package struct Winograd: Sendable {
    /// Results along the side of a tile: two or four.
    package enum Side: Int, Sendable, CaseIterable {
        /// 16 multiplications for 4 results.
        case two = 2
        /// 36 multiplications for 16 results.
        case four = 4
    }

    /// The convolution that is computed.
    package let shape: ConvolutionShape
    /// The size of its tiles.
    package let side: Side
    /// Tiles down and across an image.
    package let tileRows, tileColumns: Int

    /// Nil for convolutions that are not 3 × 3 with stride 1.
    package init?(_ shape: ConvolutionShape, _ side: Side) {
        guard shape.vertical.window == 3, shape.horizontal.window == 3, shape.vertical.stride == 1,
            shape.horizontal.stride == 1
        else { return nil }
        self.init(shape, side, rows: shape.vertical.count, columns: shape.horizontal.count)
    }

    private init(_ shape: ConvolutionShape, _ side: Side, rows: Int, columns: Int) {
        self.shape = shape
        self.side = side
        tileRows = rows.dividedRoundingUp(by: side.rawValue)
        tileColumns = columns.dividedRoundingUp(by: side.rawValue)
    }

    /// The same convolution for the first rows and columns of the results only.
    func covering(rows: Int, columns: Int) -> Winograd { Winograd(shape, side, rows: rows, columns: columns) }

    /// Tiles of an image.
    package var tiles: Int { tileRows * tileColumns }
    /// Pixels along the side of a tile's input.
    var length: Int { side.rawValue + 2 }
    /// Products of a tile: pixels, kernel and results are each transformed into so many components.
    package var components: Int { length * length }
    /// Multiplications for one channel and one filter of an image.
    var multiplications: Int { components * tiles }

    /// The pixels that tiles see.
    var pixels: TileSquares {
        TileSquares(
            height: shape.vertical.size, width: shape.horizontal.size, channels: shape.channels, length: length,
            step: side.rawValue, before: (shape.vertical.before, shape.horizontal.before), tileColumns: tileColumns,
            tiles: tiles)
    }

    /// The results of tiles.
    var results: TileSquares {
        TileSquares(
            height: shape.vertical.count, width: shape.horizontal.count, channels: shape.filters,
            length: side.rawValue, step: side.rawValue, before: (0, 0), tileColumns: tileColumns, tiles: tiles)
    }
}

/// A square of pixels in memory.
struct PixelSquare<Address> {
    let address: Address
    let rowStride: Int
    let pixelStride: Int
}

/// Squares of pixels, side by side or overlapping, that cover images.
struct TileSquares {
    let height, width, channels: Int
    /// Pixels along a side of a square.
    let length: Int
    /// Pixels from one square to the next.
    let step: Int
    /// Pixels by which the first squares reach beyond the image.
    let before: (vertical: Int, horizontal: Int)
    let tileColumns: Int
    /// Squares of an image.
    let tiles: Int

    var imageCount: Int { height * width * channels }

    /// The position of a square, numbered through all images.
    struct Place {
        let image, top, left: Int
        let isInside: Bool
    }

    @inline(__always)
    func place(_ tile: Int) -> Place {
        let image = tile / tiles
        let row = (tile - image * tiles) / tileColumns
        let column = tile - image * tiles - row * tileColumns
        let top = step * row - before.vertical
        let left = step * column - before.horizontal
        return Place(
            image: image, top: top, left: left,
            isInside: top >= 0 && left >= 0 && top + length <= height && left + length <= width)
    }

    /// Floats from the beginning of the first image to a pixel.
    @inline(__always)
    private func offset(_ place: Place, _ row: Int, _ column: Int) -> Int {
        place.image * imageCount + ((place.top + row) * width + place.left + column) * channels
    }

    @inline(__always)
    private func isLying(_ place: Place, in panel: Panel) -> Bool {
        place.isInside && panel.column + panel.width <= channels
    }

    /// Calls the body for each pixel of the square: whether it exists, and its offsets in the images and in the patch.
    @inline(__always)
    private func forEachPixel(
        _ place: Place, _ panel: Panel, _ body: (_ exists: Bool, _ offset: Int, _ patchOffset: Int) -> Void
    ) {
        var patchOffset = 0
        for row in 0..<length {
            for column in 0..<length {
                let exists = 0..<height ~= place.top + row && 0..<width ~= place.left + column
                body(exists, offset(place, row, column) + panel.column, patchOffset)
                patchOffset += panel.width
            }
        }
    }

    @inline(__always)
    private func patchSquare<Address>(_ patch: Address, _ panel: Panel) -> PixelSquare<Address> {
        let width = panel.width
        return PixelSquare(address: patch, rowStride: length * width, pixelStride: width)
    }

    /// A panel of a square's channels for reading: in place, or copied to the patch, with zeros outside the image.
    @inline(__always)
    func square(
        _ tile: Int, _ panel: Panel, of images: UnsafePointer<Float>, patch: UnsafeMutablePointer<Float>
    ) -> PixelSquare<UnsafePointer<Float>> {
        let place = place(tile)
        if isLying(place, in: panel) {
            return PixelSquare(
                address: images + offset(place, 0, 0) + panel.column, rowStride: width * channels,
                pixelStride: channels)
        }
        copy(place, panel, of: images, to: patch)
        return patchSquare(UnsafePointer(patch), panel)
    }

    @inline(never)
    private func copy(
        _ place: Place, _ panel: Panel, of images: UnsafePointer<Float>, to patch: UnsafeMutablePointer<Float>
    ) {
        let columns = min(panel.width, channels - panel.column)
        forEachPixel(place, panel) { exists, offset, patchOffset in
            forEachVector(panel.width) { column, _ in
                let count = exists ? max(0, min(laneCount, columns - column)) : 0
                let vector = count > 0 ? (images + offset + column).lanes(count: count) : .zero
                patch.store(vector, at: patchOffset + column)
            }
        }
    }

    /// Lets the body write a panel of a square's channels; what lies outside the images is dropped.
    @inline(__always)
    func write(
        _ tile: Int, _ panel: Panel, of images: UnsafeMutablePointer<Float>, patch: UnsafeMutablePointer<Float>,
        isSum: Bool, _ body: (PixelSquare<UnsafeMutablePointer<Float>>, _ isSum: Bool) -> Void
    ) {
        let place = place(tile)
        let lies = isLying(place, in: panel)
        body(
            lies
                ? PixelSquare(
                    address: images + offset(place, 0, 0) + panel.column, rowStride: width * channels,
                    pixelStride: channels)
                : patchSquare(patch, panel), lies && isSum)
        if !lies { copy(place, panel, of: patch, to: images, isSum: isSum) }
    }

    @inline(never)
    private func copy(
        _ place: Place, _ panel: Panel, of patch: UnsafeMutablePointer<Float>, to images: UnsafeMutablePointer<Float>,
        isSum: Bool
    ) {
        let columns = min(panel.width, channels - panel.column)
        forEachPixel(place, panel) { exists, offset, patchOffset in
            guard exists else { return }
            forEachVector(columns) { column, count in
                let target = images + offset + column
                let vector = patch.lanes(at: patchOffset + column)
                target.store(isSum ? target.lanes(count: count) + vector : vector, count: count)
            }
        }
    }
}
