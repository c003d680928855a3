// Images seen through an affine map: every pixel of the result says where on the image it is read.
//
// The image is first copied with a border of one pixel, which continues it as the fill mode says. Coordinates are then folded
// until they lie within the border, a vector of pixels at a time, so that no pixel needs a case of its own. Of one channel, a
// pixel and its right neighbour are loaded together.
// Limit: the loads, two for each pixel of the result.

/// What lies beyond the image, shown for a row of pixels a b c d.
package enum FillMode: String, CaseIterable, Sendable {
    /// d c b a | a b c d | d c b a
    case reflect
    /// k k k k | a b c d | k k k k
    case constant
    /// a b c d | a b c d | a b c d
    case wrap
    /// a a a a | a b c d | d d d d
    case nearest
}

/// Where the pixel in a column and row of the result is read: in column xx · column + xy · row + x, and row
/// yx · column + yy · row + y. Pixels' centres are whole numbers.
package struct AffineMap: Sendable, Hashable {
    package var xx: Float = 1
    package var xy: Float = 0
    package var x: Float = 0
    package var yx: Float = 0
    package var yy: Float = 1
    package var y: Float = 0

    /// Every pixel is read where it stands.
    package init() {}
}

/// The lengths of an image and of the result, and how it is read.
package struct AffineImages: Sendable, Hashable {
    /// Of the image.
    package let height, width, channels: Int
    /// The part of the image that is read: for its border, the image ends there.
    package let rows, columns: Range<Int>
    package let resultHeight, resultWidth: Int
    package let fillMode: FillMode
    package let fillValue: Float
    /// Whether the four nearest pixels are weighted, or the nearest one is taken.
    package let isBilinear: Bool

    /// A result of the image's own size, unless another one or a part of the image is given.
    package init(
        height: Int, width: Int, channels: Int, fillMode: FillMode, fillValue: Float = 0, isBilinear: Bool = true,
        rows: Range<Int>? = nil, columns: Range<Int>? = nil, result: (height: Int, width: Int)? = nil
    ) {
        self.height = height
        self.width = width
        self.channels = channels
        self.rows = rows ?? 0..<height
        self.columns = columns ?? 0..<width
        resultHeight = result?.height ?? height
        resultWidth = result?.width ?? width
        self.fillMode = fillMode
        self.fillValue = fillValue
        self.isBilinear = isBilinear
    }

    /// Floats of one image.
    package var inputCount: Int { height * width * channels }
    /// Floats of one result.
    package var outputCount: Int { resultHeight * resultWidth * channels }
    /// Floats of the part that is read, with its border.
    package var scratchCount: Int { (rows.count + 2) * borderedStride }

    /// Floats of a row with its border.
    var borderedStride: Int { (columns.count + 2) * channels }
}

/// One image, read as the map says.
package func transformImage(
    _ shape: AffineImages, _ map: AffineMap, x: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    y: UnsafeMutablePointer<Float>
) {
    shape.copyWithBorder(from: x, to: scratch)
    let image = UnsafePointer(scratch)
    let (channels, stride, end) = (shape.channels, shape.borderedStride, shape.outputCount)
    shape.forEachVector(map) { output, count, places in
        if channels == 1, shape.isBilinear {
            let top = image.neighbours(at: places.offset)
            let bottom = (image + stride).neighbours(at: places.offset)
            let above = (top.left * places.leftWeight).adding(top.right, times: places.right)
            let below = (bottom.left * places.leftWeight).adding(bottom.right, times: places.right)
            y.store((above * places.upperWeight).adding(below, times: places.lower), at: output, before: end)
        } else if channels == 1 {
            var pixels = Lanes.zero
            for lane in 0..<laneCount { pixels[lane] = image[Int(places.offset[lane])] }
            y.store(pixels, at: output, before: end)
        } else {
            for pixel in 0..<count {
                let source = image + Int(places.offset[pixel])
                let target = y + output + pixel * channels
                if shape.isBilinear {
                    let (right, lower) = (places.right[pixel], places.lower[pixel])
                    mixNeighbours(channels, source, stride: stride, right: right, lower: lower, target)
                } else {
                    for channel in 0..<channels { target[channel] = source[channel] }
                }
            }
        }
    }
}

/// The four neighbours of one pixel, weighted, for many channels.
@inline(__always)
private func mixNeighbours(
    _ channels: Int, _ source: UnsafePointer<Float>, stride: Int, right: Float, lower: Float,
    _ target: UnsafeMutablePointer<Float>
) {
    let whole = channels / laneCount * laneCount
    for channel in Swift.stride(from: 0, to: whole, by: laneCount) {
        let place = source + channel
        let (right, lower) = (Lanes(repeating: right), Lanes(repeating: lower))
        let above = (place.lanes() * (1 - right)).adding(place.lanes(at: channels), times: right)
        let below = (place.lanes(at: stride) * (1 - right)).adding(place.lanes(at: stride + channels), times: right)
        target.store((above * (1 - lower)).adding(below, times: lower), at: channel)
    }
    for channel in whole..<channels {
        let place = source + channel
        let above = (place[0] * (1 - right)).adding(place[channels], times: right)
        let below = (place[stride] * (1 - right)).adding(place[stride + channels], times: right)
        target[channel] = (above * (1 - lower)).adding(below, times: lower)
    }
}

extension UnsafePointer where Pointee == Float {
    /// The floats at some offsets, and those behind them.
    @inline(__always)
    fileprivate func neighbours(at offset: LaneIntegers) -> (left: Lanes, right: Lanes) {
        var first = LanePairs()
        var second = LanePairs()
        for lane in 0..<laneCount / 2 {
            first[lane] = UnsafeRawPointer(self + Int(offset[lane])).loadUnaligned(as: UInt64.self)
            second[lane] = UnsafeRawPointer(self + Int(offset[lane + laneCount / 2])).loadUnaligned(as: UInt64.self)
        }
        let pairs = (unsafeBitCast(first, to: Lanes.self), unsafeBitCast(second, to: Lanes.self))
        return (
            Lanes(lowHalf: pairs.0.evenHalf, highHalf: pairs.1.evenHalf),
            Lanes(lowHalf: pairs.0.oddHalf, highHalf: pairs.1.oddHalf)
        )
    }
}

/// Where a vector of the result's pixels is read on the image with its border.
struct ResampledPlaces {
    /// Of the upper left neighbour's first channel, or of the nearest pixel's.
    let offset: LaneIntegers
    /// The weights of the neighbours on the right and below.
    let right, lower: Lanes

    var leftWeight: Lanes { 1 - right }
    var upperWeight: Lanes { 1 - lower }
}

extension AffineImages {
    /// Calls the body for the pixels of the result, row after row, with the first one's offset in the result and how many
    /// they are; places of lanes beyond them are valid too.
    @inline(__always)
    func forEachVector(_ map: AffineMap, _ body: (_ output: Int, _ count: Int, ResampledPlaces) -> Void) {
        var steps = Lanes.zero
        for lane in 0..<laneCount { steps[lane] = Float(lane) }
        let reach = Float(laneCount - 1)
        let (lastX, lastY) = (Float(columns.count - 1), Float(rows.count - 1))
        let stride = LaneIntegers(repeating: Int32(borderedStride))
        for row in 0..<resultHeight {
            let rowX = map.x.adding(map.xy, times: Float(row))
            let rowY = map.y.adding(map.yy, times: Float(row))
            for column in Swift.stride(from: 0, to: resultWidth, by: laneCount) {
                let firstX = rowX.adding(map.xx, times: Float(column))
                let firstY = rowY.adding(map.yx, times: Float(column))
                let endX = firstX + map.xx * reach
                let endY = firstY + map.yx * reach
                var x = Lanes(repeating: firstX).adding(Lanes(repeating: map.xx), times: steps)
                var y = Lanes(repeating: firstY).adding(Lanes(repeating: map.yx), times: steps)
                // Most vectors lie inside, with room for rounding.
                if min(firstX, endX) >= 1, max(firstX, endX) <= lastX - 1, min(firstY, endY) >= 1,
                    max(firstY, endY) <= lastY - 1
                {
                    x += 1
                    y += 1
                } else {
                    x = folded(x, length: columns.count)
                    y = folded(y, length: rows.count)
                }
                // The body is called from one place only, because it would not be inlined into two.
                let toNearest: Float = isBilinear ? 0 : 0.5
                let left = floor(x + toNearest, atMost: columns.count + (isBilinear ? 0 : 1))
                let upper = floor(y + toNearest, atMost: rows.count + (isBilinear ? 0 : 1))
                let offset = integers(upper) &* stride &+ integers(left) &* LaneIntegers(repeating: Int32(channels))
                body(
                    (row * resultWidth + column) * channels, min(laneCount, resultWidth - column),
                    ResampledPlaces(offset: offset, right: x - left, lower: y - upper))
            }
        }
    }

    /// Coordinates on the image with its border, from 0 to length + 1, that stand for any coordinates on the image without it.
    @inline(__always)
    private func folded(_ x: Lanes, length: Int) -> Lanes {
        let size = Float(length)
        switch fillMode {
        case .reflect:
            let fromEdge = x + 0.5
            let periods = floor(fromEdge * (0.5 / size))
            let within = fromEdge.adding(periods, times: Lanes(repeating: -2 * size))
            return clamped(pointwiseMinimum(within, 2 * size - within) + 0.5, 0, size + 1)
        case .wrap:
            let periods = floor(x * (1 / size))
            return clamped(x.adding(periods, times: Lanes(repeating: -size)) + 1, 0, size + 1)
        case .nearest: return clamped(x, 0, size - 1) + 1
        case .constant: return clamped(x, -1, size) + 1
        }
    }

    /// Copies the part of the image that is read, and continues it on all sides.
    func copyWithBorder(from image: UnsafePointer<Float>, to bordered: UnsafeMutablePointer<Float>) {
        let stride = borderedStride
        let count = columns.count * channels
        for row in 0..<rows.count {
            let source = image + ((rows.lowerBound + row) * width + columns.lowerBound) * channels
            let target = bordered + (row + 1) * stride
            (target + channels).update(from: source, count: count)
            for channel in 0..<channels {
                let (first, last) = (source[channel], source[count - channels + channel])
                let (before, behind) = beyond(first, last)
                target[channel] = before
                target[count + channels + channel] = behind
            }
        }
        let bottom = bordered + (rows.count + 1) * stride
        if fillMode == .constant {
            bordered.update(repeating: fillValue, count: stride)
            bottom.update(repeating: fillValue, count: stride)
        } else {
            let (first, last) = (bordered + stride, bordered + rows.count * stride)
            bordered.update(from: fillMode == .wrap ? last : first, count: stride)
            bottom.update(from: fillMode == .wrap ? first : last, count: stride)
        }
    }

    @inline(__always)
    private func beyond(_ first: Float, _ last: Float) -> (before: Float, behind: Float) {
        switch fillMode {
        case .reflect, .nearest: (first, last)
        case .wrap: (last, first)
        case .constant: (fillValue, fillValue)
        }
    }
}

// Adding 1.5 · 2²³ leaves the nearest integer in the lowest bits; coordinates are below 2²².

@inline(__always)
private func floor(_ x: Lanes) -> Lanes {
    let nearest = (x + 12_582_912) - 12_582_912
    return nearest.replacing(with: nearest - 1, where: nearest .> x)
}

@inline(__always)
private func floor(_ x: Lanes, atMost last: Int) -> Lanes {
    let whole = floor(x)
    return whole.replacing(with: Float(last), where: whole .> Float(last))
}

@inline(__always)
private func integers(_ x: Lanes) -> LaneIntegers {
    unsafeBitCast(x + 12_582_912, to: LaneIntegers.self) &- LaneIntegers(repeating: 0x4B40_0000)
}

@inline(__always)
private func pointwiseMinimum(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }

/// What has no order becomes the lower bound, so that nothing is read outside.
@inline(__always)
private func clamped(_ x: Lanes, _ lower: Float, _ upper: Float) -> Lanes {
    let above = Lanes(repeating: lower).replacing(with: x, where: x .> lower)
    return above.replacing(with: upper, where: above .> upper)
}
