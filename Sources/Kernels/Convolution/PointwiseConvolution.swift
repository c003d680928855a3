// Convolutions with windows of one pixel: no pixel has neighbours, so all pixels of all images of a group are the rows of one
// matrix product. Where images are small, only several of them fill tiles, and share the weights that come from far caches.
//
// Pixels are taken as many at a time as stay in the cache while all panels of weights pass.
// Limit: multiply-add units; for a few channels, starting and storing sums.

extension ConvolutionShape {
    /// Whether each result reads one pixel, and each pixel has its result.
    var isPointwise: Bool {
        vertical.window == 1 && horizontal.window == 1 && vertical.stride == 1 && horizontal.stride == 1
    }
}

/// Floats of pixels that a core's second cache should hold beside a panel of weights.
private let cachedFloats = 32 * 1024
/// Pixels that are worth reading all weights for.
private let fewestPixels = 48
/// Pixels whose results are still in the nearest cache when the epilogue reads them: four of the tallest tiles.
private let pixelsAtOnce = 24

/// Forward convolution of a group of images with what follows it.
func convolvePointwise(
    _ shape: ConvolutionShape, images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    epilogue: Epilogue,
    y: UnsafeMutablePointer<Float>
) {
    let panels = Panels(columns: shape.filters)
    let pixels = images * shape.vertical.count * shape.horizontal.count
    let block = max(fewestPixels, cachedFloats / shape.channels / pixelsAtOnce * pixelsAtOnce)
    let piece = epilogue.isNone ? block : pixelsAtOnce
    for first in stride(from: 0, to: pixels, by: block) {
        let end = min(first + block, pixels)
        for index in 0..<panels.count {
            let panel = panels[index]
            let product = ProductShape(
                inner: shape.channels, aRow: shape.channels, aInner: 1, bInner: panel.width, cRow: shape.filters)
            for pixel in stride(from: first, to: end, by: piece) {
                let rows = min(piece, end - pixel)
                let target = y + pixel * shape.filters
                multiplyPanel(
                    product, rows: rows, panel: panel, a: x + pixel * shape.channels,
                    b: packedKernel + panels.paddedColumns + panel.column * shape.depth, c: target + panel.column,
                    start: .row(packedKernel + panel.column), room: (pixels - pixel - rows) * shape.filters)
                epilogue.apply(
                    to: target, rows: rows, channels: shape.filters, first: panel.column, columns: panel.columns)
            }
        }
    }
}
