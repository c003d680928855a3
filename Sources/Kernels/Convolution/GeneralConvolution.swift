// Convolution with windows that have gaps (dilation), or of channels in groups that see nothing of each other:
//
//     y[n, i, j, f] = bias[f] + Σ x[n, i·s + p·d, j·s + q·d, c] · w[p, q, c, f], over the channels c of f's group.
//
// The elements of a window's row lie apart, each of them the neighbouring channels of a group. So each row of the kernel is one
// product for a row of results, over (q, c), and sums continue from one row of the kernel to the next: chains are those of a
// convolution whose kernel has zeros in the gaps and between groups, without its products with zeros.
//
// Packed kernel: group by group, [bias row][panels of depth kernelHeight · kernelWidth · channels of a group].
// Limit: multiply-add units; for groups with fewer filters than a vector has lanes, most lanes compute nothing.

/// The lengths that such a convolution and its gradients share.
package struct GeneralConvolutionShape: Sendable, Hashable {
    package let vertical, horizontal: Windows
    /// Channels of the image, and of the result.
    package let channels, filters: Int
    /// Divides both.
    package let groups: Int

    package init(vertical: Windows, horizontal: Windows, channels: Int, filters: Int, groups: Int) {
        self.vertical = vertical
        self.horizontal = horizontal
        self.channels = channels
        self.filters = filters
        self.groups = groups
    }

    /// Channels that a filter sees.
    package var groupChannels: Int { channels / groups }
    /// Filters that see the same channels.
    package var groupFilters: Int { filters / groups }
    package var inputCount: Int { vertical.size * horizontal.size * channels }
    package var outputCount: Int { vertical.count * horizontal.count * filters }
    package var kernelCount: Int { depth * filters }
    /// Products of a sum.
    package var depth: Int { vertical.window * horizontal.window * groupChannels }
    /// Multiplications and additions for one image, counting padding as if it were image.
    package var flops: Int { 2 * outputCount * depth }

    /// The same images, windows and filters without groups: where windows read, and how large frames are.
    var frame: ConvolutionShape {
        ConvolutionShape(vertical: vertical, horizontal: horizontal, channels: channels, filters: filters)
    }
    /// Floats of working space the convolution needs for each image of a group.
    package var frameFloats: Int { frame.frameFloats }
}

/// The kernel as the convolution reads it.
package struct GeneralConvolutionPanels: Sendable {
    let shape: GeneralConvolutionShape
    let panels: Panels

    package init(_ shape: GeneralConvolutionShape) {
        self.shape = shape
        panels = Panels(columns: shape.groupFilters)
    }

    /// Floats of a group: its bias row and its panels.
    var groupFloats: Int { panels.paddedColumns * (1 + shape.depth) }
    package var floats: Int { shape.groups * groupFloats }
    /// Independent pieces of packing.
    package var pieces: Int { shape.groups * panels.count }

    /// Packs one panel of a group's kernel and bias (zeros without one).
    package func pack(
        piece: Int, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>?, to packed: UnsafeMutablePointer<Float>
    ) {
        let (group, index) = piece.quotientAndRemainder(dividingBy: panels.count)
        let first = group * shape.groupFilters
        let target = packed + group * groupFloats
        packStart(bias.map { $0 + first }, panels[index], to: target)
        panels.pack(
            panels[index], rows: shape.depth, from: kernel + first, rowStride: shape.filters,
            to: target + panels.paddedColumns)
    }
}

/// The convolution of a group of images with what follows it; `frames` holds `frameFloats` an image.
package func convolve(
    _ shape: GeneralConvolutionShape, images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    epilogue: Epilogue = .none, y: UnsafeMutablePointer<Float>, frames: UnsafeMutablePointer<Float>
) {
    let (source, imageStride, rowStride) = windowedImages(shape.frame, images: images, x: x, frames: frames)
    let packed = GeneralConvolutionPanels(shape)
    let panels = packed.panels
    let rowDepth = shape.horizontal.window * shape.groupChannels
    for group in 0..<shape.groups {
        let start = packedKernel + group * packed.groupFloats
        for index in 0..<panels.count {
            let panel = panels[index]
            let product = ProductShape(
                outer: shape.horizontal.window, inner: shape.groupChannels,
                aRow: shape.horizontal.stride * shape.channels, aOuter: shape.horizontal.dilation * shape.channels,
                aInner: 1, bOuter: shape.groupChannels * panel.width, bInner: panel.width, cRow: shape.filters)
            let kernel = start + panels.paddedColumns + panel.column * shape.depth
            let column = group * shape.groupFilters + panel.column
            for image in 0..<images {
                for row in 0..<shape.vertical.count {
                    let target = y + image * shape.outputCount + row * shape.horizontal.count * shape.filters
                    for p in 0..<shape.vertical.window {
                        let above = row * shape.vertical.stride + p * shape.vertical.dilation
                        multiplyPanel(
                            product, rows: shape.horizontal.count, panel: panel,
                            a: source + image * imageStride + above * rowStride + group * shape.groupChannels,
                            b: kernel + p * rowDepth * panel.width, c: target + column,
                            start: p == 0 ? .row(start + panel.column) : .continued)
                    }
                    epilogue.apply(
                        to: target, rows: shape.horizontal.count, channels: shape.filters, first: column,
                        columns: panel.columns)
                }
            }
        }
    }
}
