// The gradient of a Winograd convolution's kernel: S_ξ += Σ_tiles V_ξᵀ P_ξ for the components V = Bᵀ d B of the pixels and
// P = A dy Aᵀ of the result gradients, and once a shard dg = Gᵀ S G (WinogradKernelSums.swift).
//
// Large images are cut into blocks of tiles, each with its own chain of multiply-adds that is finished before it is added:
// that keeps chains, and with them rounding errors, small. Small images continue one chain for all of them, so that sums need
// not be fetched for a few tiles. Either way, results do not depend on how images are grouped, and the reference agrees
// bit for bit.
//
// Limit: multiply-add units; for many channels and few tiles a group, loads and stores of the sums.

extension Winograd {
    /// Tiles of the longest chain in a large image.
    package static let chainTiles = 72

    /// The more tiles of small images, the less often the sums are fetched.
    fileprivate var gradientBlock: WinogradBlock {
        WinogradBlock(
            self, wholeChannels: shape.channels, groupChannels: shape.filters,
            tiles: sumsByImage ? Self.chainTiles : 2 * Self.chainTiles, readDownwards: true)
    }

    /// Floats of working space, however many images there are.
    package var kernelGradientFloats: Int { gradientBlock.floats }
}

/// Adds a group's contribution for some filters to the sums, or overwrites them with it; `scratch` holds `kernelGradientFloats`.
package func addWinogradKernelGradient(
    _ layout: WinogradKernelSums, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, isFirst: Bool,
    sums: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    let winograd = layout.winograd
    let tiles = images * winograd.tiles
    let tilesTogether = winograd.sumsByImage ? winograd.tiles : tiles
    var start = isFirst ? ProductStart.row(nil) : winograd.sumsByImage ? .existing : .continued
    for first in stride(from: 0, to: tiles, by: tilesTogether) {
        winograd.gradientBlock.forEachBlock(of: first..<first + tilesTogether) { tiles in
            switch winograd.side {
            case .two: addBlock(SmallTiles.self, layout, tiles, x, dy, sums, start, scratch)
            case .four: addBlock(LargeTiles.self, layout, tiles, x, dy, sums, start, scratch)
            }
            start = winograd.sumsByImage ? .existing : .continued
        }
    }
}

private func addBlock<T: WinogradTransforms>(
    _ transforms: T.Type, _ layout: WinogradKernelSums, _ tiles: Range<Int>, _ x: UnsafePointer<Float>,
    _ dy: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>, _ start: ProductStart,
    _ scratch: UnsafeMutablePointer<Float>
) {
    let winograd = layout.winograd
    let shape = winograd.shape
    let panels = Panels(columns: layout.filters.count)
    let block = winograd.gradientBlock
    let gradients = scratch + block.groupOffset
    let patch = scratch + block.patchOffset
    winograd.transformPixels(
        transforms, tiles: tiles, x, to: scratch, block.whole, .whole(channels: shape.channels), patch: patch)
    let product = ProductShape(
        inner: tiles.count, aRow: 1, aInner: block.whole.row, bInner: block.group.row, cRow: layout.rowStride)
    for index in 0..<panels.groups {
        let group = panels.group(index)
        winograd.transformGradients(
            transforms, tiles: tiles, dy, to: gradients, block.group,
            group.whole.shifted(by: layout.filters.lowerBound), patch: patch)
        for component in 0..<winograd.components {
            for index in group.panels {
                let panel = panels[index]
                multiplyPanel(
                    product, rows: shape.channels, panel: panel.padded, a: scratch + component * block.whole.stride,
                    b: gradients + component * block.group.stride + panel.column - group.whole.column,
                    c: sums + component * layout.stride + panel.column, start: start)
            }
        }
    }
}
