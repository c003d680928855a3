// The gradient of a convolution's input: dx[h, w, c] = Σ dy[i, j, f] · w[p, q, c, f] over i·s + p = h, j·s + q = w.
//
// With stride s, an input position meets only the kernel rows p with the same remainder as itself modulo s. So the positions
// fall into s · s phases, and each phase is a forward convolution with stride 1: of dy in a frame of zeros, with that phase's
// part of the kernel flipped. No product with the zeros between strides is ever computed.
//
// Packed kernel: one phase after the other, each [panels of depth taps · taps · filters].
// Limit: multiply-add units.

/// One axis of the phases.
struct Phase {
    /// How many kernel positions have its remainder: remainder, remainder + s, …
    let taps: Int
    /// The first position on the axis, and how many there are, s apart.
    let first: Int
    let count: Int
    /// dy's index, in its frame, of the window at the first position.
    let start: Int
}

/// Windows are dilated or their stride is more than one, but never both: the elements of a window that an input position
/// meets lie one apart in dy, or as far apart as those of the window.
extension Windows {
    /// Zeros needed before dy for the first window of every phase.
    var gradientBefore: Int { (window.dividedRoundingUp(by: stride) - 1) * dilation }

    /// Phases that meet any kernel position.
    var phases: Int { min(stride, window) }

    /// Length of dy's frame: windows of the last positions reach beyond dy.
    var gradientFrame: Int { max(gradientBefore + count, gradientBefore + (size - 1 + before) / stride + 1) }

    func phase(_ remainder: Int) -> Phase {
        let taps = (window - remainder - 1) / stride + 1
        let first = ((remainder - before) % stride + stride) % stride
        let count = first < size ? (size - 1 - first) / stride + 1 : 0
        let start = gradientBefore + (first + before - remainder) / stride - (taps - 1) * dilation
        return Phase(taps: taps, first: first, count: count, start: start)
    }
}

/// The kernel as the input gradient reads it.
package struct ConvolutionTransposedPanels: Sendable {
    let shape: ConvolutionShape
    let panels: Panels

    package init(_ shape: ConvolutionShape) {
        self.shape = shape
        panels = Panels(columns: shape.channels)
    }

    /// Floats of all phases' kernels: every kernel position belongs to one of them.
    package var floats: Int { panels.paddedColumns * shape.vertical.window * shape.horizontal.window * shape.filters }
    /// Independent pieces of packing.
    package var pieces: Int { panels.count }

    /// Packs one panel of every phase.
    package func pack(piece: Int, kernel: UnsafePointer<Float>, to packed: UnsafeMutablePointer<Float>) {
        let filters = shape.filters
        var target = packed
        for remainderY in 0..<shape.vertical.phases {
            for remainderX in 0..<shape.horizontal.phases {
                let tapsY = shape.vertical.phase(remainderY).taps
                let tapsX = shape.horizontal.phase(remainderX).taps
                let depth = tapsY * tapsX * filters
                for y in 0..<tapsY {
                    for x in 0..<tapsX {
                        let p = remainderY + (tapsY - 1 - y) * shape.vertical.stride
                        let q = remainderX + (tapsX - 1 - x) * shape.horizontal.stride
                        panels.packTransposed(
                            panels[piece], firstRow: (y * tapsX + x) * filters, rows: filters, depth: depth,
                            from: kernel + (p * shape.horizontal.window + q) * shape.channels * filters,
                            columnStride: filters, to: target)
                    }
                }
                target += panels.paddedColumns * depth
            }
        }
    }
}

extension ConvolutionShape {
    private var gradientFrameWidth: Int { horizontal.gradientFrame * filters }

    /// Floats of working space for each image of a group.
    package var inputGradientFloats: Int { vertical.gradientFrame * gradientFrameWidth }

    /// Whether some input positions meet no window, or no kernel position, so that their gradient is zero.
    var leavesGaps: Bool { vertical.stride > vertical.window || horizontal.stride > horizontal.window }

    func frameGradients(
        images: Int, from dy: UnsafePointer<Float>, to frames: UnsafeMutablePointer<Float>
    ) {
        let row = horizontal.count * filters
        for image in 0..<images {
            let frame = frames + image * inputGradientFloats
            frame.update(repeating: 0, count: inputGradientFloats)
            for y in 0..<vertical.count {
                (frame + (vertical.gradientBefore + y) * gradientFrameWidth + horizontal.gradientBefore * filters)
                    .update(from: dy + (image * vertical.count + y) * row, count: row)
            }
        }
    }
}

/// The input gradient of a group of images; `frames` holds `inputGradientFloats` an image.
package func convolutionInputGradient(
    _ shape: ConvolutionShape, images: Int, dy: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, frames: UnsafeMutablePointer<Float>
) {
    let vertical = shape.vertical
    let horizontal = shape.horizontal
    let frameWidth = horizontal.gradientFrame * shape.filters
    shape.frameGradients(images: images, from: dy, to: frames)
    if shape.leavesGaps { dx.update(repeating: 0, count: images * shape.inputCount) }

    let panels = Panels(columns: shape.channels)
    var packed = packedKernel
    for remainderY in 0..<vertical.phases {
        for remainderX in 0..<horizontal.phases {
            let y = vertical.phase(remainderY)
            let x = horizontal.phase(remainderX)
            let inner = x.taps * shape.filters
            let depth = y.taps * inner
            for index in 0..<panels.count {
                let panel = panels[index]
                let product = ProductShape(
                    outer: y.taps, inner: inner, aRow: shape.filters, aOuter: frameWidth, aInner: 1,
                    bOuter: inner * panel.width, bInner: panel.width, cRow: horizontal.stride * shape.channels)
                for image in 0..<images {
                    let frame = frames + image * shape.inputGradientFloats
                    for row in 0..<y.count {
                        let h = y.first + row * vertical.stride
                        multiplyPanel(
                            product, rows: x.count, panel: panel,
                            a: UnsafePointer(frame) + (y.start + row) * frameWidth + x.start * shape.filters,
                            b: packed + panel.column * depth,
                            c: dx + image * shape.inputCount
                                + (h * horizontal.size + x.first) * shape.channels + panel.column,
                            start: .row(nil))
                    }
                }
            }
            packed += panels.paddedColumns * depth
        }
    }
}
