// The gradient of a depthwise convolution's kernel: dw[p, q, c] += Σ x[n, i·s + p, j·s + q, c] · dy[n, i, j, c], image by image.
//
// Sums stay in registers for three by three positions of the kernel, which share the vectors of dy, while these walk over the
// whole image. Images stand in frames of zeros, so that every position meets every pixel of the result. Each image's sum is
// finished before it is added, which keeps chains short.
// Limit: loads, one a multiply-add.

extension DepthwiseShape {
    private var isFramed: Bool { vertical.isPadded || horizontal.isPadded || multiplier > 1 }
    private var frameRow: Int { horizontal.paddedSize * width }
    private var frameFloats: Int { isFramed ? vertical.paddedSize * frameRow : 0 }

    /// Floats of working space that the kernel gradient needs.
    package var kernelGradientFloats: Int { kernelCount + frameFloats }

    /// One image in its frame, its channels repeated.
    private func framed(_ x: UnsafePointer<Float>, in frame: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
        guard isFramed else { return x }
        frame.update(repeating: 0, count: frameFloats)
        let row = horizontal.size * channels
        for h in 0..<vertical.size {
            let target = frame + (vertical.before + h) * frameRow + horizontal.before * width
            if multiplier > 1 {
                repeatChannels(count: row, times: multiplier, from: x + h * row, to: target)
            } else {
                target.update(from: x + h * row, count: row)
            }
        }
        return UnsafePointer(frame)
    }

    /// Adds what some images contributed; `scratch` holds `kernelGradientFloats`.
    package func addKernelGradient(
        images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, dw: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        for image in 0..<images {
            let source = framed(x + image * inputCount, in: scratch + kernelCount)
            let dy = dy + image * outputCount
            for p in stride(from: 0, to: vertical.window, by: 3) {
                for q in stride(from: 0, to: horizontal.window, by: 3) {
                    forEachChannelVector(width) { channel in
                        if width >= laneCount {
                            addSquare(p, q, channel, source, dy, to: scratch, WholeVectors.self)
                        } else {
                            addSquare(p, q, channel, source, dy, to: scratch, PartOfVector.self)
                        }
                    }
                }
            }
            addElements(count: kernelCount, a: dw, b: scratch, y: dw)
        }
    }

    /// Sums for up to three by three positions of the kernel. Beyond its edge, the last position is summed once more.
    @inline(__always)
    private func addSquare<Access: ChannelAccess>(
        _ p: Int, _ q: Int, _ channel: Int, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
        to sums: UnsafeMutablePointer<Float>, _: Access.Type
    ) {
        let rows = min(3, vertical.window - p)
        let columns = min(3, horizontal.window - q)
        let row = isFramed ? frameRow : horizontal.size * width
        let end = (isFramed ? vertical.paddedSize : vertical.size) * row
        let (down, aside) = (vertical.dilation * row, horizontal.dilation * width)
        let (r1, r2) = (min(1, rows - 1) * down, (rows - 1) * down)
        let (c1, c2) = (min(1, columns - 1) * aside, (columns - 1) * aside)
        let right = horizontal.stride * width
        var gradientAt = channel
        var (s00, s01, s02) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (s10, s11, s12) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (s20, s21, s22) = (Lanes.zero, Lanes.zero, Lanes.zero)
        for i in 0..<vertical.count {
            var at = i * vertical.stride * row + p * down + q * aside + channel
            for _ in 0..<horizontal.count {
                let g = Access.load(dy, at: gradientAt, before: outputCount)
                s00 = s00.adding(Access.load(x, at: at, before: end), times: g)
                s01 = s01.adding(Access.load(x, at: at + c1, before: end), times: g)
                s02 = s02.adding(Access.load(x, at: at + c2, before: end), times: g)
                s10 = s10.adding(Access.load(x, at: at + r1, before: end), times: g)
                s11 = s11.adding(Access.load(x, at: at + r1 + c1, before: end), times: g)
                s12 = s12.adding(Access.load(x, at: at + r1 + c2, before: end), times: g)
                s20 = s20.adding(Access.load(x, at: at + r2, before: end), times: g)
                s21 = s21.adding(Access.load(x, at: at + r2 + c1, before: end), times: g)
                s22 = s22.adding(Access.load(x, at: at + r2 + c2, before: end), times: g)
                gradientAt += width
                at += right
            }
        }
        let target = sums + (p * horizontal.window + q) * width + channel
        let kernelRow = horizontal.window * width
        func store(_ row: Int, _ a: Lanes, _ b: Lanes, _ c: Lanes) {
            guard row < rows else { return }
            let target = target + row * kernelRow
            Access.store(a, to: target, channels: width)
            if columns > 1 { Access.store(b, to: target + width, channels: width) }
            if columns > 2 { Access.store(c, to: target + 2 * width, channels: width) }
        }
        store(0, s00, s01, s02)
        store(1, s10, s11, s12)
        store(2, s20, s21, s22)
    }
}

/// How vectors of channels are read and written.
private protocol ChannelAccess {
    static func load(_ memory: UnsafePointer<Float>, at offset: Int, before end: Int) -> Lanes
    static func store(_ lanes: Lanes, to memory: UnsafeMutablePointer<Float>, channels: Int)
}

/// At least as many channels as a vector has lanes.
private enum WholeVectors: ChannelAccess {
    @inline(__always)
    static func load(_ memory: UnsafePointer<Float>, at offset: Int, before end: Int) -> Lanes {
        memory.lanes(at: offset)
    }
    @inline(__always)
    static func store(_ lanes: Lanes, to memory: UnsafeMutablePointer<Float>, channels: Int) { memory.store(lanes) }
}

/// Fewer: a vector reads beyond them, but not beyond the memory's end.
private enum PartOfVector: ChannelAccess {
    @inline(__always)
    static func load(_ memory: UnsafePointer<Float>, at offset: Int, before end: Int) -> Lanes {
        memory.lanesInPieces(at: offset, before: end)
    }
    @inline(__always)
    static func store(_ lanes: Lanes, to memory: UnsafeMutablePointer<Float>, channels: Int) {
        memory.store(inPieces: lanes, at: 0, before: channels)
    }
}
