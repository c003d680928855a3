// The gradient of a Winograd convolution's input, the adjoint of its forward pass: the 2 × 2 gradients of a tile's results
// become components P = A dy Aᵀ, those are multiplied with the kernel's, N = Σ_f P ⊙ U, and B N Bᵀ is added to the 4 × 4
// pixels that the tile saw.
//
// Tiles overlap, and are added in their order in the image. Each product is one chain of multiply-adds in the order of
// filters. The reference agrees bit for bit.
//
// Limit: as forward, with a load more for each store of a pixel.

extension Winograd {
    fileprivate var backwardBlock: WinogradBlock {
        WinogradBlock(wholeChannels: shape.filters, panelChannels: shape.channels)
    }

    /// Floats of working space, however many images there are.
    package var inputGradientFloats: Int { backwardBlock.floats }

    /// Writes the components of some tiles' result gradients.
    func transformGradients(
        tiles: Range<Int>, _ dy: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>, _ layout: ComponentRows,
        _ panel: Panel, patch: UnsafeMutablePointer<Float>
    ) {
        let squares = results
        var target = rows
        for tile in tiles {
            let square = squares.square(tile, panel, of: dy, patch: patch)
            forEachVector(panel.width) { column, _ in
                let upper = square.address + column
                Two(Two(upper, square.pixelStride), Two(upper + square.rowStride, square.pixelStride))
                    .gradientComponents.map { $0.gradientComponents }
                    .store(to: target + column, 4 * layout.stride, layout.stride)
            }
            target += layout.width
        }
    }
}

/// The input gradient of a group of images; `scratch` holds `inputGradientFloats`.
package func winogradInputGradient(
    _ winograd: Winograd, images: Int, dy: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    let shape = winograd.shape
    let kernels = WinogradKernelPanels(winograd, .backward)
    let panels = Panels(columns: shape.channels)
    let block = winograd.backwardBlock
    let pixels = winograd.pixels
    let products = scratch + block.panelOffset
    let patch = scratch + block.patchOffset
    dx.update(repeating: 0, count: images * shape.inputCount)
    block.forEachBlock(of: 0..<images * winograd.tiles) { tiles in
        winograd.transformGradients(
            tiles: tiles, dy, to: scratch, block.whole, .whole(channels: shape.filters), patch: patch)
        for index in 0..<panels.count {
            let panel = panels[index]
            multiplyComponents(
                block, tiles: tiles.count, depth: shape.filters, panel: panel, a: scratch,
                b: packedKernel + kernels.offset(panel), c: products)
            var row = UnsafePointer(products)
            for tile in tiles {
                pixels.write(tile, panel, of: dx, patch: patch, isSum: true) { square, isSum in
                    forEachVector(panel.width) { column, _ in
                        let gradient = Four(row + column, 4 * block.panel.stride, block.panel.stride)
                            .pixels.map { $0.pixels }
                        let target = square.address + column
                        if isSum {
                            (Four(target, square.rowStride, square.pixelStride) + gradient)
                                .store(to: target, square.rowStride, square.pixelStride)
                        } else {
                            gradient.store(to: target, square.rowStride, square.pixelStride)
                        }
                    }
                }
                row += block.panel.width
            }
        }
    }
}
