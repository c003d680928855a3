// Contrast and brightness: x · scale + offset, with an offset for each channel, clipped to a range.
//
// Limit: loads and stores, and the sums of the channels' means.

/// How the floats of one image change.
package struct ToneCurve: Sendable, Hashable {
    /// The factor of every float.
    package let scale: Float
    /// What is added, beside the part of the mean that the scale takes away.
    package let offset: Float
    /// What values are clipped to.
    package let lower, upper: Float

    package init(scale: Float, offset: Float, lower: Float, upper: Float) {
        self.scale = scale
        self.offset = offset
        self.lower = lower
        self.upper = upper
    }
}

/// One image, so changed that each channel's mean only moves by the offset before values are clipped.
package func adjustTones(
    _ curve: ToneCurve, pixels: Int, channels: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    for channel in 0..<channels {
        let offset = curve.offset(pixels: pixels, channels: channels, x: x + channel)
        for pixel in 0..<pixels {
            let place = pixel * channels + channel
            y[place] = min(max(offset.adding(x[place], times: curve.scale), curve.lower), curve.upper)
        }
    }
}

/// The gradient of `adjustTones`: zero where values were clipped.
package func adjustTonesGradient(
    _ curve: ToneCurve, pixels: Int, channels: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    for channel in 0..<channels {
        let offset = curve.offset(pixels: pixels, channels: channels, x: x + channel)
        var sum = 0.0
        for pixel in 0..<pixels {
            let place = pixel * channels + channel
            let value = offset.adding(x[place], times: curve.scale)
            let passed = value >= curve.lower && value <= curve.upper ? dy[place] : 0
            sum += Double(passed)
            dx[place] = passed * curve.scale
        }
        guard curve.scale != 1 else { continue }
        let share = (1 - curve.scale) * Float(sum / Double(pixels))
        for pixel in 0..<pixels { dx[pixel * channels + channel] += share }
    }
}

extension ToneCurve {
    /// What is added to the floats of a channel.
    fileprivate func offset(pixels: Int, channels: Int, x: UnsafePointer<Float>) -> Float {
        guard scale != 1 else { return offset }
        var sum = 0.0
        for pixel in 0..<pixels { sum += Double(x[pixel * channels]) }
        return offset.adding(1 - scale, times: Float(sum / Double(pixels)))
    }
}
