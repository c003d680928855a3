// The gradient of a Winograd convolution's input, the adjoint of its forward pass: the gradients of a tile's results become
// components P = A dy Aᵀ, those are multiplied with the kernel's, N = Σ_f P ⊙ U, and B N Bᵀ is added to the pixels that the
// tile saw.
//
// Tiles overlap, and are added in their order in the image. Each product is one chain of multiply-adds in the order of
// filters. The reference agrees bit for bit.
//
// Limit: as forward, with one more load for each store of a pixel.

extension Winograd {
    fileprivate var backwardBlock: WinogradBlock {
        WinogradBlock(
            self, wholeChannels: shape.filters, groupChannels: shape.channels, tiles: tilesOfBlock)
    }

    /// Floats of working space, however many images there are.
    package var inputGradientFloats: Int { backwardBlock.floats }

    /// Writes the components of some tiles' result gradients.
    @inline(__always)
    func transformGradients<T: WinogradTransforms>(
        _ transforms: T.Type, tiles: Range<Int>, _ dy: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>,
        _ layout: ComponentRows,
        _ panel: Panel, patch: UnsafeMutablePointer<Float>
    ) {
        let squares = results
        var target = rows
        for tile in tiles {
            let square = squares.square(tile, panel, of: dy, patch: patch)
            forEachVector(panel.width) { column, _ in
                T.gradientComponents(T.Results(square.address + column, square.rowStride, square.pixelStride))
                    .store(to: target + column, layout.squareRow, layout.stride)
            }
            target += layout.row
        }
    }
}

/// The input gradient of a group of images; `scratch` holds `inputGradientFloats`.
package func winogradInputGradient(
    _ winograd: Winograd, images: Int, dy: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    switch winograd.side {
    case .two: inputGradient(SmallTiles.self, winograd, images: images, dy, packedKernel, dx, scratch)
    case .four: inputGradient(LargeTiles.self, winograd, images: images, dy, packedKernel, dx, scratch)
    }
}

private func inputGradient<T: WinogradTransforms>(
    _ transforms: T.Type, _ winograd: Winograd, images: Int, _ dy: UnsafePointer<Float>,
    _ packedKernel: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
    let shape = winograd.shape
    let kernels = WinogradKernelPanels(winograd, .backward)
    let block = winograd.backwardBlock
    let pixels = winograd.pixels
    let products = scratch + block.groupOffset
    let patch = scratch + block.patchOffset
    dx.update(repeating: 0, count: images * shape.inputCount)
    block.forEachBlock(of: 0..<images * winograd.tiles) { tiles in
        winograd.transformGradients(
            transforms, tiles: tiles, dy, to: scratch, block.whole, .whole(channels: shape.filters), patch: patch)
        for index in 0..<kernels.panels.groups {
            let group = kernels.panels.group(index)
            multiplyComponents(
                block, tiles: tiles.count, depth: shape.filters, group: group, a: scratch, kernels: kernels,
                packed: packedKernel, c: products)
            var row = UnsafePointer(products)
            for tile in tiles {
                pixels.write(tile, group.whole, of: dx, patch: patch, isSum: true) { square, isSum in
                    forEachVector(group.whole.width) { column, _ in
                        let gradient = T.pixels(T.Square(row + column, block.group.squareRow, block.group.stride))
                        let target = square.address + column
                        if isSum {
                            (T.Square(target, square.rowStride, square.pixelStride) + gradient)
                                .store(to: target, square.rowStride, square.pixelStride)
                        } else {
                            gradient.store(to: target, square.rowStride, square.pixelStride)
                        }
                    }
                }
                row += block.group.row
            }
        }
    }
}
