// The gradient of a convolution's kernel: dw[p, q, c, f] += Σ_i Σ_j x[i·s + p, j·s + q, c] · dy[i, j, f], image by image.
//
// For one kernel row p, the rows of the result are (q, c), which are contiguous in the image; the sums run over the rows and
// columns of the output, and dy itself is the right-hand matrix.
//
// Each image's sum is finished before it is added, which keeps chains short and so the rounding error small.
// Limit: multiply-add units for many channels; loads and stores of dw for very small images.

extension ConvolutionShape {
    /// Whether dy must be copied to rows of whole vectors.
    var padsGradient: Bool { Panels(columns: filters).paddedColumns != filters }

    /// Floats of working space for each image of a group.
    package var kernelGradientFloats: Int {
        frameFloats + (padsGradient ? vertical.count * horizontal.count * Panels(columns: filters).paddedColumns : 0)
    }
}

/// Adds a group's contribution to the kernel gradient; `space` holds `kernelGradientFloats` an image.
package func addConvolutionKernelGradient(
    _ shape: ConvolutionShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dw: UnsafeMutablePointer<Float>, space: UnsafeMutablePointer<Float>
) {
    let (source, imageStride, rowStride) = windowedImages(shape, images: images, x: x, frames: space)
    let panels = Panels(columns: shape.filters)
    let pixels = shape.vertical.count * shape.horizontal.count
    var gradient = dy
    if shape.padsGradient {
        let padded = space + images * shape.frameFloats
        panels.pad(rows: images * pixels, from: dy, to: padded)
        gradient = UnsafePointer(padded)
    }
    let width = panels.paddedColumns
    let rows = shape.horizontal.window * shape.channels
    let product = ProductShape(
        outer: shape.vertical.count, inner: shape.horizontal.count, aRow: 1, aOuter: shape.vertical.stride * rowStride,
        aInner: shape.horizontal.stride * shape.channels, bOuter: shape.horizontal.count * width, bInner: width,
        cRow: shape.filters)
    for index in 0..<panels.count {
        let panel = panels[index]
        for image in 0..<images {
            for kernelRow in 0..<shape.vertical.window {
                multiplyPanel(
                    product, rows: rows, panel: panel, a: source + image * imageStride + kernelRow * rowStride,
                    b: gradient + image * pixels * width + panel.column,
                    c: dw + kernelRow * rows * shape.filters + panel.column, start: .existing)
            }
        }
    }
}
