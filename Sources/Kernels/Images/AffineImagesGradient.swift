// The gradient of resampling: what each pixel of the result read, it gives back with the same weights.
//
// Limit: additions to places that are only known when they are reached, one pixel after the other.

/// One image's gradient, from that of its result.
package func transformImageGradient(
    _ shape: AffineImages, _ map: AffineMap, dy: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    scratch.update(repeating: 0, count: shape.scratchCount)
    let (channels, stride) = (shape.channels, shape.borderedStride)
    shape.forEachVector(map) { output, count, places in
        for pixel in 0..<count {
            let target = scratch + Int(places.offset[pixel])
            let source = dy + output + pixel * channels
            guard shape.isBilinear else {
                for channel in 0..<channels { target[channel] += source[channel] }
                continue
            }
            let (right, lower) = (places.right[pixel], places.lower[pixel])
            for channel in 0..<channels {
                let above = source[channel] * (1 - lower)
                let below = source[channel] * lower
                let place = target + channel
                place[0] = place[0].adding(above, times: 1 - right)
                place[channels] = place[channels].adding(above, times: right)
                place[stride] = place[stride].adding(below, times: 1 - right)
                place[stride + channels] = place[stride + channels].adding(below, times: right)
            }
        }
    }
    shape.gatherBorder(of: scratch)
    dx.update(repeating: 0, count: shape.inputCount)
    for row in 0..<shape.rows.count {
        let target = dx + ((shape.rows.lowerBound + row) * shape.width + shape.columns.lowerBound) * channels
        target.update(from: scratch + (row + 1) * stride + channels, count: shape.columns.count * channels)
    }
}

extension AffineImages {
    /// Adds what the border received to the pixels that it repeats.
    fileprivate func gatherBorder(of bordered: UnsafeMutablePointer<Float>) {
        guard fillMode != .constant else { return }
        let stride = borderedStride
        let (first, last) = (bordered + stride, bordered + rows.count * stride)
        let isWrapped = fillMode == .wrap
        let (top, bottom) = isWrapped ? (last, first) : (first, last)
        addElements(count: stride, a: top, b: bordered, y: top)
        addElements(count: stride, a: bottom, b: bordered + (rows.count + 1) * stride, y: bottom)
        for row in 1...rows.count {
            let row = bordered + row * stride
            let (first, last) = (row + channels, row + columns.count * channels)
            let (before, behind) = isWrapped ? (last, first) : (first, last)
            for channel in 0..<channels {
                before[channel] += row[channel]
                behind[channel] += row[(columns.count + 1) * channels + channel]
            }
        }
    }
}
