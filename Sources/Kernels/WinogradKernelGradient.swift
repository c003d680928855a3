// The gradient of a Winograd convolution's kernel: S_ξ += Σ_tiles V_ξᵀ P_ξ for the components V = Bᵀ d B of the pixels and
// P = A dy Aᵀ of the result gradients, and once a batch dg = Gᵀ S G (WinogradKernels.swift).
//
// Each sum is one chain of multiply-adds over all tiles of all images in order, however they are grouped.
// Limit: multiply-add units; for many channels and few tiles a group, loads and stores of the sums.

extension Winograd {
    /// Floats of working space, however many images there are.
    package var kernelGradientFloats: Int {
        WinogradBlock(wholeChannels: shape.channels, panelChannels: shape.filters).floats
    }
}

/// Adds a group's contribution to the sums; `scratch` holds `kernelGradientFloats`.
package func addWinogradKernelGradient(
    _ winograd: Winograd, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    let shape = winograd.shape
    let layout = WinogradKernelSums(winograd)
    let panels = Panels(columns: shape.filters)
    let block = WinogradBlock(wholeChannels: shape.channels, panelChannels: shape.filters)
    let gradients = scratch + block.panelOffset
    let patch = scratch + block.patchOffset
    block.forEachBlock(of: images * winograd.tiles) { tiles in
        winograd.transformPixels(
            tiles: tiles, x, to: scratch, block.whole, .whole(channels: shape.channels), patch: patch)
        let product = ProductShape(
            inner: tiles.count, aRow: 1, aInner: block.whole.width, bInner: block.panel.width, cRow: layout.rowStride)
        for index in 0..<panels.count {
            let panel = panels[index]
            winograd.transformGradients(tiles: tiles, dy, to: gradients, block.panel, panel, patch: patch)
            for component in 0..<Winograd.components {
                multiplyPanel(
                    product, rows: shape.channels, panel: panel.padded, a: scratch + component * block.whole.stride,
                    b: gradients + component * block.panel.stride, c: sums + component * layout.stride + panel.column,
                    start: .continued)
            }
        }
    }
}
