// Dropout: y = x / (1 − rate) or 0. Which of the two is a pure function of a key and the element's index in the batch, so the
// backward pass computes it again instead of storing it, and neither groups nor threads can change it.
//
// Limit: the integer multiplications of the hash; of the gradient behind a ReLU, loads and stores.

/// y = x · mask / (1 − rate) for elements `first` …; y may be x. The gradient is the same function of dy.
package func dropout(
    count: Int, first: Int, rate: Float, key: UInt64, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    let threshold = LaneBits(repeating: UInt32(clamping: Int64(Double(rate) * 0x1p32)))
    let scale = Lanes(repeating: 1 / (1 - rate))
    let low = LaneBits(repeating: UInt32(truncatingIfNeeded: key))
    let high = LaneBits(repeating: UInt32(truncatingIfNeeded: key >> 32))
    var counter = LaneBits(repeating: UInt32(truncatingIfNeeded: first))
    for lane in 0..<laneCount { counter[lane] &+= UInt32(lane) }
    forEachVector(count) { offset, count in
        let place = counter &+ LaneBits(repeating: UInt32(truncatingIfNeeded: offset))
        let bits = scramble(scramble(place ^ low) &+ high)
        let kept = ((x + offset).lanes(count: count) * scale).replacing(with: 0, where: bits .< threshold)
        (y + offset).store(kept, count: count)
    }
}

/// dx = dy / (1 − rate) where y is not zero: the gradient through a dropout whose result is y and the ReLU before it.
package func rectifiedDropoutGradient(
    count: Int, rate: Float, y: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
) {
    let scale = Lanes(repeating: 1 / (1 - rate))
    forEachVector(count) { offset, count in
        let gradient = (dy + offset).lanes(count: count) * scale
        let result = (y + offset).lanes(count: count)
        (dx + offset).store(gradient.replacing(with: 0, where: result .== Lanes.zero), count: count)
    }
}

/// Wellons's 32-bit finalizer: every bit of the result depends on every bit of the argument.
@inline(__always)
private func scramble(_ value: LaneBits) -> LaneBits {
    var x = value
    x ^= x &>> LaneBits(repeating: 16)
    x = x &* LaneBits(repeating: 0x7FEB_352D)
    x ^= x &>> LaneBits(repeating: 15)
    x = x &* LaneBits(repeating: 0x846C_A68B)
    x ^= x &>> LaneBits(repeating: 16)
    return x
}
