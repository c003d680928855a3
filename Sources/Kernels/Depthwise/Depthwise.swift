// Depthwise convolution: y[n, i, j, c·m + k] = bias + Σ x[n, i·s + p, j·s + q, c] · w[p, q, c, k] for k < m, each channel for
// itself: lanes are channels of the result.
//
// With a multiplier m, the image's channels are first repeated m times, and everything else is as for one. What of a window
// lies beside the image is left out, so nothing is copied into frames of zeros. Inside, four neighbouring results are summed
// at once, which share the kernel's vectors. Where channels are not a multiple of a vector, the last vector begins earlier
// and computes some channels a second time.
//
// The input gradient is the same walk: a position of the image meets, with stride s, every s-th row and column of the kernel.
// Limit: loads, one a multiply-add.

/// The lengths that a depthwise convolution and its gradients share.
package struct DepthwiseShape: Sendable, Hashable {
    package let vertical, horizontal: Windows
    /// Channels of the image.
    package let channels: Int
    /// Results of each channel.
    package let multiplier: Int

    package init(vertical: Windows, horizontal: Windows, channels: Int, multiplier: Int) {
        self.vertical = vertical
        self.horizontal = horizontal
        self.channels = channels
        self.multiplier = multiplier
    }

    /// Channels of the result.
    package var width: Int { channels * multiplier }
    package var inputCount: Int { vertical.size * horizontal.size * channels }
    package var outputCount: Int { vertical.count * horizontal.count * width }
    package var kernelCount: Int { vertical.window * horizontal.window * width }
    /// Multiplications and additions for one image, counting padding as if it were image.
    package var flops: Int { 2 * outputCount * vertical.window * horizontal.window }

    /// Floats of the image with repeated channels.
    var repeatedCount: Int { inputCount * multiplier }
    /// Floats of working space that the convolution and its input gradient need.
    package var repeatedFloats: Int { multiplier > 1 ? repeatedCount : 0 }
}

/// The part of a sum that lies on one axis: every step along the kernel is one along the other array.
private struct Taps {
    /// The first position of what is read.
    let source: Int
    /// The first position of the kernel.
    let first: Int
    let count: Int
}

/// How the positions of an axis are summed up from.
private protocol TapRule {
    /// Positions that are summed up from positions one apart: every result, or of images, those a stride apart.
    static func step(_ windows: Windows) -> Int
    static func length(_ windows: Windows) -> Int
    static func taps(_ windows: Windows, _ index: Int) -> Taps
    /// What is read, and the kernel, from one tap to the next.
    static func sourceStep(_ windows: Windows) -> Int
    static func kernelStep(_ windows: Windows) -> Int
    /// Whether steps along the kernel go backwards in what is read.
    static var isReversed: Bool { get }
    /// What is read, from one position to the next that is a step away.
    static func sourceStride(_ windows: Windows) -> Int
    static func sourceLength(_ windows: Windows) -> Int
}

/// Results from the image.
private enum ForwardTaps: TapRule {
    @inline(__always) static func step(_ windows: Windows) -> Int { 1 }
    @inline(__always) static func length(_ windows: Windows) -> Int { windows.count }
    @inline(__always)
    static func taps(_ windows: Windows, _ index: Int) -> Taps {
        let start = index * windows.stride - windows.before
        let first = max(0, -start)
        let end = min(windows.window, windows.size - start)
        return Taps(source: start + first, first: first, count: max(0, end - first))
    }
    @inline(__always) static func sourceStep(_ windows: Windows) -> Int { 1 }
    @inline(__always) static var isReversed: Bool { false }
    @inline(__always) static func kernelStep(_ windows: Windows) -> Int { 1 }
    @inline(__always) static func sourceStride(_ windows: Windows) -> Int { windows.stride }
    @inline(__always) static func sourceLength(_ windows: Windows) -> Int { windows.size }
}

/// The image's gradient from that of the results.
private enum BackwardTaps: TapRule {
    @inline(__always) static func step(_ windows: Windows) -> Int { windows.stride }
    @inline(__always) static func length(_ windows: Windows) -> Int { windows.size }
    @inline(__always)
    static func taps(_ windows: Windows, _ index: Int) -> Taps {
        let place = index + windows.before
        let first = max(place % windows.stride, place - (windows.count - 1) * windows.stride)
        let last = min(windows.window - 1, place)
        let count = first <= last ? (last - first) / windows.stride + 1 : 0
        return Taps(source: (place - first) / windows.stride, first: first, count: count)
    }
    @inline(__always) static func sourceStep(_ windows: Windows) -> Int { -1 }
    @inline(__always) static var isReversed: Bool { true }
    @inline(__always) static func kernelStep(_ windows: Windows) -> Int { windows.stride }
    @inline(__always) static func sourceStride(_ windows: Windows) -> Int { 1 }
    @inline(__always) static func sourceLength(_ windows: Windows) -> Int { windows.count }
}

/// How vectors of channels are read and written.
protocol ChannelAccess {
    static func load(_ memory: UnsafePointer<Float>, at offset: Int, before end: Int) -> Lanes
    static func store(_ lanes: Lanes, to memory: UnsafeMutablePointer<Float>, channels: Int)
}

/// At least as many channels as a vector has lanes.
enum WholeVectors: ChannelAccess {
    @inline(__always)
    static func load(_ memory: UnsafePointer<Float>, at offset: Int, before end: Int) -> Lanes {
        memory.lanes(at: offset)
    }
    @inline(__always)
    static func store(_ lanes: Lanes, to memory: UnsafeMutablePointer<Float>, channels: Int) { memory.store(lanes) }
}

/// Fewer: a vector reads beyond them, but not beyond the memory's end.
enum PartOfVector: ChannelAccess {
    @inline(__always)
    static func load(_ memory: UnsafePointer<Float>, at offset: Int, before end: Int) -> Lanes {
        memory.lanesInPieces(at: offset, before: end)
    }
    @inline(__always)
    static func store(_ lanes: Lanes, to memory: UnsafeMutablePointer<Float>, channels: Int) {
        memory.store(inPieces: lanes, at: 0, before: channels)
    }
}

/// Calls the body for vectors that together cover the channels; the last one may overlap the one before it.
@inline(__always)
func forEachChannelVector(_ channels: Int, _ body: (_ channel: Int) -> Void) {
    var channel = 0
    while channel < channels {
        body(max(0, min(channel, channels - laneCount)))
        channel += laneCount
    }
}

/// One image's sums.
private struct DepthwiseSums<Rule: TapRule, Access: ChannelAccess> {
    let shape: DepthwiseShape
    let source, kernel: UnsafePointer<Float>
    let bias: UnsafePointer<Float>?
    let target: UnsafeMutablePointer<Float>

    private var width: Int { shape.width }
    private var sourceEnd: Int { Rule.sourceLength(shape.vertical) * sourceRow }
    private var sourceRow: Int { Rule.sourceLength(shape.horizontal) * width }

    @inline(__always)
    private func start(_ channel: Int) -> Lanes {
        guard let bias else { return .zero }
        return Access.load(bias, at: channel, before: width)
    }

    func compute() {
        let (vertical, horizontal) = (shape.vertical, shape.horizontal)
        let length = Rule.length(horizontal)
        let step = Rule.step(horizontal)
        for row in 0..<Rule.length(vertical) {
            let rows = Rule.taps(vertical, row)
            let line = target + row * length * width
            for phase in 0..<min(step, length) {
                var column = phase
                while column < length {
                    let columns = Rule.taps(horizontal, column)
                    let fourth = column + 3 * step
                    if fourth < length, Rule.taps(horizontal, fourth).isLike(columns) {
                        four(rows, columns, line + column * width)
                        column += 4 * step
                    } else {
                        one(rows, columns, line + column * width)
                        column += step
                    }
                }
            }
        }
    }

    private func one(_ rows: Taps, _ columns: Taps, _ target: UnsafeMutablePointer<Float>) {
        let corner = rows.source * sourceRow + columns.source * width
        let kernelCorner = (rows.first * shape.horizontal.window + columns.first) * width
        let (down, right) = (Rule.sourceStep(shape.vertical) * sourceRow, Rule.sourceStep(shape.horizontal) * width)
        let kernelRight = Rule.kernelStep(shape.horizontal) * width
        let kernelDown = Rule.kernelStep(shape.vertical) * shape.horizontal.window * width
        let (source, kernel, sourceEnd, kernelEnd) = (source, kernel, sourceEnd, shape.kernelCount)
        forEachChannelVector(width) { channel in
            var sum = start(channel)
            for p in 0..<rows.count {
                var at = corner + p * down + channel
                var kernelAt = kernelCorner + p * kernelDown + channel
                for _ in 0..<columns.count {
                    let w = Access.load(kernel, at: kernelAt, before: kernelEnd)
                    sum = sum.adding(Access.load(source, at: at, before: sourceEnd), times: w)
                    at += right
                    kernelAt += kernelRight
                }
            }
            Access.store(sum, to: target + channel, channels: width)
        }
    }

    private func four(_ rows: Taps, _ columns: Taps, _ target: UnsafeMutablePointer<Float>) {
        let corner = rows.source * sourceRow + columns.source * width
        let kernelCorner = (rows.first * shape.horizontal.window + columns.first) * width
        let (down, right) = (Rule.sourceStep(shape.vertical) * sourceRow, Rule.sourceStep(shape.horizontal) * width)
        let kernelRight = Rule.kernelStep(shape.horizontal) * width
        let kernelDown = Rule.kernelStep(shape.vertical) * shape.horizontal.window * width
        let next = Rule.sourceStride(shape.horizontal) * width
        let nextTarget = Rule.step(shape.horizontal) * width
        let (source, kernel, sourceEnd, kernelEnd) = (source, kernel, sourceEnd, shape.kernelCount)
        // Neighbouring results of three columns read six columns, and not four times three.
        let isThree = columns.count == 3 && (right == next || right == -next)
        forEachChannelVector(width) { channel in
            var a = start(channel)
            var (b, c, d) = (a, a, a)
            if isThree {
                var at = corner + channel + (Rule.isReversed ? 2 * right : 0)
                var kernelAt = kernelCorner + channel
                for _ in 0..<rows.count {
                    let w0 = Access.load(kernel, at: kernelAt, before: kernelEnd)
                    let w1 = Access.load(kernel, at: kernelAt + kernelRight, before: kernelEnd)
                    let w2 = Access.load(kernel, at: kernelAt + 2 * kernelRight, before: kernelEnd)
                    let x0 = Access.load(source, at: at, before: sourceEnd)
                    let x1 = Access.load(source, at: at + next, before: sourceEnd)
                    let x2 = Access.load(source, at: at + 2 * next, before: sourceEnd)
                    let x3 = Access.load(source, at: at + 3 * next, before: sourceEnd)
                    let x4 = Access.load(source, at: at + 4 * next, before: sourceEnd)
                    let x5 = Access.load(source, at: at + 5 * next, before: sourceEnd)
                    if Rule.isReversed {
                        a = a.adding(x2, times: w0).adding(x1, times: w1).adding(x0, times: w2)
                        b = b.adding(x3, times: w0).adding(x2, times: w1).adding(x1, times: w2)
                        c = c.adding(x4, times: w0).adding(x3, times: w1).adding(x2, times: w2)
                        d = d.adding(x5, times: w0).adding(x4, times: w1).adding(x3, times: w2)
                    } else {
                        a = a.adding(x0, times: w0).adding(x1, times: w1).adding(x2, times: w2)
                        b = b.adding(x1, times: w0).adding(x2, times: w1).adding(x3, times: w2)
                        c = c.adding(x2, times: w0).adding(x3, times: w1).adding(x4, times: w2)
                        d = d.adding(x3, times: w0).adding(x4, times: w1).adding(x5, times: w2)
                    }
                    at += down
                    kernelAt += kernelDown
                }
            } else {
                for p in 0..<rows.count {
                    var at = corner + p * down + channel
                    var kernelAt = kernelCorner + p * kernelDown + channel
                    for _ in 0..<columns.count {
                        let w = Access.load(kernel, at: kernelAt, before: kernelEnd)
                        a = a.adding(Access.load(source, at: at, before: sourceEnd), times: w)
                        b = b.adding(Access.load(source, at: at + next, before: sourceEnd), times: w)
                        c = c.adding(Access.load(source, at: at + 2 * next, before: sourceEnd), times: w)
                        d = d.adding(Access.load(source, at: at + 3 * next, before: sourceEnd), times: w)
                        at += right
                        kernelAt += kernelRight
                    }
                }
            }
            let target = target + channel
            Access.store(a, to: target, channels: width)
            Access.store(b, to: target + nextTarget, channels: width)
            Access.store(c, to: target + 2 * nextTarget, channels: width)
            Access.store(d, to: target + 3 * nextTarget, channels: width)
        }
    }
}

extension Taps {
    /// Whether the same part of the kernel takes part.
    @inline(__always) func isLike(_ other: Taps) -> Bool { first == other.first && count == other.count }
}

/// Forward convolution; `scratch` holds `repeatedFloats`.
package func convolveDepthwise(
    _ shape: DepthwiseShape, images: Int, x: UnsafePointer<Float>, kernel: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        var source = x + image * shape.inputCount
        if shape.multiplier > 1 {
            repeatChannels(count: shape.inputCount, times: shape.multiplier, from: source, to: scratch)
            source = UnsafePointer(scratch)
        }
        let target = y + image * shape.outputCount
        if shape.width >= laneCount {
            DepthwiseSums<ForwardTaps, WholeVectors>(
                shape: shape, source: source, kernel: kernel, bias: bias, target: target
            ).compute()
        } else {
            DepthwiseSums<ForwardTaps, PartOfVector>(
                shape: shape, source: source, kernel: kernel, bias: bias, target: target
            ).compute()
        }
    }
}

/// The gradient of the images; `scratch` holds `repeatedFloats`.
package func depthwiseInputGradient(
    _ shape: DepthwiseShape, images: Int, dy: UnsafePointer<Float>, kernel: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        let source = dy + image * shape.outputCount
        let target = shape.multiplier > 1 ? scratch : dx + image * shape.inputCount
        if shape.width >= laneCount {
            DepthwiseSums<BackwardTaps, WholeVectors>(
                shape: shape, source: source, kernel: kernel, bias: nil, target: target
            ).compute()
        } else {
            DepthwiseSums<BackwardTaps, PartOfVector>(
                shape: shape, source: source, kernel: kernel, bias: nil, target: target
            ).compute()
        }
        if shape.multiplier > 1 {
            let dx = dx + image * shape.inputCount
            for index in 0..<shape.inputCount {
                var sum = scratch[index * shape.multiplier]
                for k in 1..<shape.multiplier { sum += scratch[index * shape.multiplier + k] }
                dx[index] = sum
            }
        }
    }
}

/// Every number several times, next to each other.
func repeatChannels(count: Int, times: Int, from x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>) {
    for index in 0..<count { (y + index * times).update(repeating: x[index], count: times) }
}
