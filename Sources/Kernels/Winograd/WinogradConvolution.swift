// Winograd's algorithm for convolutions of 3 × 3 with stride 1, forward: y = Aᵀ (Σ_c (G g Gᵀ) ⊙ (Bᵀ d B)) A + bias for each
// tile of results, where d are the pixels that it sees. For 2 × 2 results, 16 multiplications replace 36; for 4 × 4 results,
// 36 replace 144.
//
// Each product is one chain of multiply-adds in the order of channels, and no tile's result depends on how tiles are
// grouped. The reference agrees bit for bit; direct convolution agrees to a few parts in a million.
//
// Limit: multiply-add units for the products, and loads and stores for the transforms, which take a fixed time for each
// channel and each filter: the more there are of both, the better.

extension Winograd {
    fileprivate var forwardBlock: WinogradBlock {
        WinogradBlock(
            self, wholeChannels: shape.channels, groupChannels: shape.filters, tiles: tilesOfBlock)
    }

    /// Floats of working space, however many images there are.
    package var convolutionFloats: Int { forwardBlock.floats }

    /// Writes the components of some tiles' pixels.
    @inline(__always)
    func transformPixels<T: WinogradTransforms>(
        _ transforms: T.Type, tiles: Range<Int>, _ x: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>,
        _ layout: ComponentRows,
        _ panel: Panel, patch: UnsafeMutablePointer<Float>
    ) {
        let squares = pixels
        var target = rows
        for tile in tiles {
            let square = squares.square(tile, panel, of: x, patch: patch)
            forEachVector(panel.width) { column, _ in
                T.imageComponents(T.Square(square.address + column, square.rowStride, square.pixelStride))
                    .store(to: target + column, layout.squareRow, layout.stride)
            }
            target += layout.row
        }
    }
}

/// Forward convolution of a group of images, with a ReLU behind it if it rectifies; `scratch` holds `convolutionFloats`.
package func winogradConvolve(
    _ winograd: Winograd, images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    rectifies: Bool, y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    switch winograd.side {
    case .two: convolve(SmallTiles.self, winograd, images: images, x, packedKernel, rectifies, y, scratch)
    case .four: convolve(LargeTiles.self, winograd, images: images, x, packedKernel, rectifies, y, scratch)
    }
}

private func convolve<T: WinogradTransforms>(
    _ transforms: T.Type, _ winograd: Winograd, images: Int, _ x: UnsafePointer<Float>,
    _ packedKernel: UnsafePointer<Float>, _ rectifies: Bool, _ y: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
) {
    let results = winograd.results
    forEachWinogradGroup(
        transforms, winograd, tiles: 0..<images * winograd.tiles, x: x, packedKernel: packedKernel, scratch: scratch
    ) { block in
        for tile in block.tiles {
            results.write(tile, block.filters, of: y, patch: block.patch, isSum: false) { square, _ in
                for column in stride(from: 0, to: block.filters.width, by: laneCount) {
                    let results = block.results(transforms, of: tile, at: column)
                    let address = square.address + column
                    // Two stores, because a choice between results would put both into memory first.
                    if rectifies {
                        results.rectified.store(to: address, square.rowStride, square.pixelStride)
                    } else {
                        results.store(to: address, square.rowStride, square.pixelStride)
                    }
                }
            }
        }
    }
}

/// The products of some tiles and one group of filters, ready to become results.
struct WinogradProducts {
    let tiles: Range<Int>
    let filters: Panel
    let rows: UnsafePointer<Float>
    let layout: ComponentRows
    let bias: UnsafePointer<Float>
    /// Space for a square of the group's results.
    let patch: UnsafeMutablePointer<Float>

    /// One vector of a tile's results, bias included.
    @inline(__always)
    func results<T: WinogradTransforms>(_ transforms: T.Type, of tile: Int, at column: Int) -> T.Results {
        let row = rows + (tile - tiles.lowerBound) * layout.row + column
        return T.results(T.Square(row, layout.squareRow, layout.stride))
            + T.Results(repeating: bias.lanes(at: column))
    }
}

/// Convolves tiles of images and calls the body for the products of each block and group of filters, for callers that do more with
/// results than store them. Tiles are numbered through all images; the range may begin and end anywhere.
@inline(__always)
func forEachWinogradGroup<T: WinogradTransforms>(
    _ transforms: T.Type, _ winograd: Winograd, tiles: Range<Int>, x: UnsafePointer<Float>,
    packedKernel: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>, _ body: (WinogradProducts) -> Void
) {
    let shape = winograd.shape
    let kernels = WinogradKernelPanels(winograd, .forward)
    let block = winograd.forwardBlock
    let patch = scratch + block.patchOffset
    block.forEachBlock(of: tiles) { tiles in
        winograd.transformPixels(
            transforms, tiles: tiles, x, to: scratch, block.whole, .whole(channels: shape.channels), patch: patch)
        for index in 0..<kernels.panels.groups {
            let group = kernels.panels.group(index)
            multiplyComponents(
                block, tiles: tiles.count, depth: shape.channels, group: group, a: scratch, kernels: kernels,
                packed: packedKernel, c: scratch + block.groupOffset)
            body(
                WinogradProducts(
                    tiles: tiles, filters: group.whole, rows: scratch + block.groupOffset, layout: block.group,
                    bias: packedKernel + group.whole.column, patch: patch))
        }
    }
}
