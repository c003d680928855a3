// The gradients of a convolution with gaps in its windows, or in groups.
//
// Both are those of ConvolutionInputGradient.swift and ConvolutionKernelGradient.swift, a group after the other, with each element
// of a window's row by itself.
// Limit: that of GeneralConvolution.swift.

/// The kernel as the input gradient reads it: group by group, and within a group phase by phase.
package struct GeneralTransposedPanels: Sendable {
    let shape: GeneralConvolutionShape
    let panels: Panels

    package init(_ shape: GeneralConvolutionShape) {
        self.shape = shape
        panels = Panels(columns: shape.groupChannels)
    }

    /// Every element of the kernel belongs to one phase.
    var groupFloats: Int {
        panels.paddedColumns * shape.vertical.window * shape.horizontal.window * shape.groupFilters
    }
    package var floats: Int { shape.groups * groupFloats }
    /// Independent pieces of packing.
    package var pieces: Int { shape.groups * panels.count }

    /// Packs one panel of every phase of a group.
    package func pack(piece: Int, kernel: UnsafePointer<Float>, to packed: UnsafeMutablePointer<Float>) {
        let (group, index) = piece.quotientAndRemainder(dividingBy: panels.count)
        let filters = shape.groupFilters
        var target = packed + group * groupFloats
        shape.forEachPhase { remainderY, remainderX, tapsY, tapsX in
            let depth = tapsY * tapsX * filters
            for y in 0..<tapsY {
                for x in 0..<tapsX {
                    let p = remainderY + (tapsY - 1 - y) * shape.vertical.stride
                    let q = remainderX + (tapsX - 1 - x) * shape.horizontal.stride
                    let element = (p * shape.horizontal.window + q) * shape.groupChannels
                    panels.packTransposed(
                        panels[index], firstRow: (y * tapsX + x) * filters, rows: filters, depth: depth,
                        from: kernel + element * shape.filters + group * filters, columnStride: shape.filters,
                        to: target)
                }
            }
            target += panels.paddedColumns * depth
        }
    }
}

extension GeneralConvolutionShape {
    /// Floats of working space the input gradient needs for each image of a group.
    package var inputGradientFloats: Int { frame.inputGradientFloats }

    fileprivate func forEachPhase(_ body: (_ y: Int, _ x: Int, _ tapsY: Int, _ tapsX: Int) -> Void) {
        for y in 0..<vertical.phases {
            for x in 0..<horizontal.phases { body(y, x, vertical.phase(y).taps, horizontal.phase(x).taps) }
        }
    }

    /// Floats of dy in rows of whole vectors, for one image and one group of channels.
    private var paddedGradientFloats: Int {
        vertical.count * horizontal.count * Panels(columns: groupFilters).paddedColumns
    }

    /// Floats of working space the kernel gradient needs for each image of a group.
    package var kernelGradientFloats: Int { frameFloats + paddedGradientFloats }

    /// Adds a group's contribution to the kernel gradient; `space` holds `kernelGradientFloats` an image.
    package func addKernelGradient(
        images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, dw: UnsafeMutablePointer<Float>,
        space: UnsafeMutablePointer<Float>
    ) {
        let (source, imageStride, rowStride) = windowedImages(frame, images: images, x: x, frames: space)
        let gradient = space + images * frameFloats
        let panels = Panels(columns: groupFilters)
        let width = panels.paddedColumns
        let product = ProductShape(
            outer: vertical.count, inner: horizontal.count, aRow: 1, aOuter: vertical.stride * rowStride,
            aInner: horizontal.stride * channels, bOuter: horizontal.count * width, bInner: width, cRow: filters)
        for group in 0..<groups {
            gradient.update(repeating: 0, count: images * paddedGradientFloats)
            copyColumns(
                rows: images * vertical.count * horizontal.count, count: groupFilters,
                from: dy + group * groupFilters, to: gradient, strides: (filters, width))
            for element in 0..<vertical.window * horizontal.window * panels.count * images {
                let (place, image) = element.quotientAndRemainder(dividingBy: images)
                let (tap, index) = place.quotientAndRemainder(dividingBy: panels.count)
                let (p, q) = tap.quotientAndRemainder(dividingBy: horizontal.window)
                let corner = p * vertical.dilation * rowStride + q * horizontal.dilation * channels
                let panel = panels[index]
                multiplyPanel(
                    product, rows: groupChannels, panel: panel,
                    a: source + image * imageStride + corner + group * groupChannels,
                    b: UnsafePointer(gradient) + image * paddedGradientFloats + panel.column,
                    c: dw + tap * groupChannels * filters + group * groupFilters + panel.column, start: .existing)
            }
        }
    }
}

/// The input gradient of a group of images; `frames` holds `inputGradientFloats` an image.
package func convolutionInputGradient(
    _ shape: GeneralConvolutionShape, images: Int, dy: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, frames: UnsafeMutablePointer<Float>
) {
    let (vertical, horizontal) = (shape.vertical, shape.horizontal)
    let frameRow = horizontal.gradientFrame * shape.filters
    shape.frame.frameGradients(images: images, from: dy, to: frames)
    if shape.frame.leavesGaps { dx.update(repeating: 0, count: images * shape.inputCount) }
    let packed = GeneralTransposedPanels(shape)
    let panels = packed.panels
    for group in 0..<shape.groups {
        var kernel = packedKernel + group * packed.groupFloats
        shape.forEachPhase { remainderY, remainderX, tapsY, tapsX in
            let y = vertical.phase(remainderY)
            let x = horizontal.phase(remainderX)
            let rowDepth = tapsX * shape.groupFilters
            for index in 0..<panels.count {
                let panel = panels[index]
                let product = ProductShape(
                    outer: tapsX, inner: shape.groupFilters, aRow: shape.filters,
                    aOuter: horizontal.dilation * shape.filters, aInner: 1, bOuter: shape.groupFilters * panel.width,
                    bInner: panel.width, cRow: horizontal.stride * shape.channels)
                for image in 0..<images {
                    let frame = frames + image * shape.inputGradientFloats
                    for row in 0..<y.count {
                        let h = y.first + row * vertical.stride
                        let target =
                            dx + image * shape.inputCount + (h * horizontal.size + x.first) * shape.channels
                            + group * shape.groupChannels + panel.column
                        for tap in 0..<tapsY {
                            let above = (y.start + row + tap * vertical.dilation) * frameRow
                            multiplyPanel(
                                product, rows: x.count, panel: panel,
                                a: UnsafePointer(frame) + above + x.start * shape.filters + group * shape.groupFilters,
                                b: kernel + (panel.column * tapsY + tap * panel.width) * rowDepth, c: target,
                                start: tap == 0 ? .row(nil) : .continued)
                        }
                    }
                }
            }
            kernel += panels.paddedColumns * tapsY * rowDepth
        }
    }
}
