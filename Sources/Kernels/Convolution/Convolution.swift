// Two-dimensional convolution, forward: y[n, i, j, f] = bias[f] + Σ x[n, i·s + p, j·s + q, c] · w[p, q, c, f].
//
// Images are NHWC, kernels HWIO, as Keras has them. The textbook's way, im2col, copies every window into a row of a matrix, so
// that a convolution becomes one product of matrices; with windows of 3 × 3 it copies every pixel nine times. Here nothing is
// copied. The windows of one output row are the rows of a matrix that overlap in memory: row j begins at x[…, j·s, 0] and runs
// over (q, c), which are contiguous; only p is an outer sum. So each row of results is one product. (Only "same" padding copies
// the images once, into a frame of zeros.)
//
// Packed kernel: [bias row][panels of depth kernelHeight · kernelWidth · channels].
// Limit: multiply-add units; weights stream from L2 while a few images stay in the cache.

/// The lengths that a convolution and its gradients share.
package struct ConvolutionShape: Sendable, Hashable {
    /// Windows along the height of the image.
    package let vertical: Windows
    /// Windows along the width of the image.
    package let horizontal: Windows
    /// Channels of the image.
    package let channels: Int
    /// Channels of the result.
    package let filters: Int

    package init(vertical: Windows, horizontal: Windows, channels: Int, filters: Int) {
        self.vertical = vertical
        self.horizontal = horizontal
        self.channels = channels
        self.filters = filters
    }

    /// Floats of one image.
    package var inputCount: Int { vertical.size * horizontal.size * channels }
    /// Floats of one result.
    package var outputCount: Int { vertical.count * horizontal.count * filters }
    /// Floats of the kernel.
    package var kernelCount: Int { vertical.window * horizontal.window * channels * filters }
    /// Rows of the kernel as a matrix.
    package var depth: Int { vertical.window * horizontal.window * channels }
    /// Multiplications and additions for one image, counting padding as if it were image.
    package var flops: Int { 2 * vertical.count * horizontal.count * depth * filters }

    var isPadded: Bool { vertical.isPadded || horizontal.isPadded }
    var frameWidth: Int { horizontal.paddedSize * channels }
    var frameCount: Int { vertical.paddedSize * frameWidth }

    /// Floats of working space a forward convolution needs for each image of a group.
    package var frameFloats: Int { isPadded ? frameCount : 0 }
}

/// The kernel as forward convolution reads it.
package struct ConvolutionKernelPanels: Sendable {
    let shape: ConvolutionShape
    let panels: Panels

    /// Panels over the filters of a convolution.
    package init(_ shape: ConvolutionShape) {
        self.shape = shape
        panels = Panels(columns: shape.filters)
    }

    /// Floats of the packed kernel, bias row included.
    package var floats: Int { panels.paddedColumns * (1 + shape.depth) }
    /// Independent pieces of packing.
    package var pieces: Int { panels.count }

    /// Packs one panel of the kernel and of the bias (zeros without one).
    package func pack(
        piece: Int, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>?, to packed: UnsafeMutablePointer<Float>
    ) {
        let panel = panels[piece]
        packStart(bias, panel, to: packed)
        panels.pack(
            panel, rows: shape.depth, from: kernel, rowStride: shape.filters, to: packed + panels.paddedColumns)
    }
}

/// Copies a panel's part of the bias (zeros without one) to the row from which its sums start.
func packStart(_ bias: UnsafePointer<Float>?, _ panel: Panel, to row: UnsafeMutablePointer<Float>) {
    for column in 0..<panel.width {
        row[panel.column + column] = column < panel.columns ? bias?[panel.column + column] ?? 0 : 0
    }
}

/// Copies images into frames of zeros that are as large as the windows reach.
func frameImages(
    _ shape: ConvolutionShape, images: Int, from x: UnsafePointer<Float>, to frames: UnsafeMutablePointer<Float>
) {
    let row = shape.horizontal.size * shape.channels
    for image in 0..<images {
        let frame = frames + image * shape.frameCount
        frame.update(repeating: 0, count: shape.frameCount)
        var target = frame + shape.vertical.before * shape.frameWidth + shape.horizontal.before * shape.channels
        var source = x + image * shape.inputCount
        for _ in 0..<shape.vertical.size {
            target.update(from: source, count: row)
            target += shape.frameWidth
            source += row
        }
    }
}

/// Where windows read the images, and with which strides: in place, or from frames where windows reach beyond the images.
@inline(__always)
func windowedImages(
    _ shape: ConvolutionShape, images: Int, x: UnsafePointer<Float>, frames: UnsafeMutablePointer<Float>
) -> (source: UnsafePointer<Float>, imageStride: Int, rowStride: Int) {
    guard shape.isPadded else { return (x, shape.inputCount, shape.horizontal.size * shape.channels) }
    frameImages(shape, images: images, from: x, to: frames)
    return (UnsafePointer(frames), shape.frameCount, shape.frameWidth)
}

/// Computes a convolution a row at a time, for callers that do more with the results than store them.
struct ConvolutionRows {
    let panels: Panels
    private let shape: ConvolutionShape
    private let packedKernel: UnsafePointer<Float>
    private let source: UnsafePointer<Float>
    private let imageStride, rowStride, stepDown, stepRight, inner: Int

    init(
        _ shape: ConvolutionShape, images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
        frames: UnsafeMutablePointer<Float>
    ) {
        self.shape = shape
        self.packedKernel = packedKernel
        panels = Panels(columns: shape.filters)
        (source, imageStride, rowStride) = windowedImages(shape, images: images, x: x, frames: frames)
        stepDown = shape.vertical.stride * rowStride
        stepRight = shape.horizontal.stride * shape.channels
        inner = shape.horizontal.window * shape.channels
    }

    @inline(__always)
    private func kernel(_ panel: Panel) -> UnsafePointer<Float> {
        packedKernel + panels.paddedColumns + panel.column * shape.depth
    }

    /// Computes one panel of a row, whose pixels lie `cRow` floats apart.
    func compute(
        _ panel: Panel, row: Int, ofImage image: Int, to c: UnsafeMutablePointer<Float>, cRow: Int, room: Int
    ) {
        let product = ProductShape(
            outer: shape.vertical.window, inner: inner, aRow: stepRight, aOuter: rowStride, aInner: 1,
            bOuter: inner * panel.width, bInner: panel.width, cRow: cRow)
        multiplyPanel(
            product, rows: shape.horizontal.count, panel: panel, a: source + image * imageStride + row * stepDown,
            b: kernel(panel), c: c + panel.column, start: .row(packedKernel + panel.column), room: room)
    }
}

/// Forward convolution of a group of images with what follows it; `frames` holds `frameFloats` an image.
package func convolve(
    _ shape: ConvolutionShape, images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    epilogue: Epilogue = .none, y: UnsafeMutablePointer<Float>, frames: UnsafeMutablePointer<Float>
) {
    if shape.isPointwise {
        return convolvePointwise(shape, images: images, x: x, packedKernel: packedKernel, epilogue: epilogue, y: y)
    }
    let results = ConvolutionRows(shape, images: images, x: x, packedKernel: packedKernel, frames: frames)
    let rowFloats = shape.horizontal.count * shape.filters
    for index in 0..<results.panels.count {
        let panel = results.panels[index]
        for image in 0..<images {
            for row in 0..<shape.vertical.count {
                let target = y + image * shape.outputCount + row * rowFloats
                results.compute(
                    panel, row: row, ofImage: image, to: target,
                    cRow: shape.filters, room: (images - image) * shape.outputCount - (row + 1) * rowFloats)
                epilogue.apply(
                    to: target, rows: shape.horizontal.count, channels: shape.filters, first: panel.column,
                    columns: panel.columns)
            }
        }
    }
}
