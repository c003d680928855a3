// Dropout: y = x / (1 − rate) or 0. The division keeps the expected y at x, so that inference, which drops nothing, has nothing
// to correct. Whether an element is dropped is a pure function of a key and its index in the batch, so the backward pass computes
// it again instead of storing it, and neither groups nor threads can change it.
//
// Limit: the integer multiplications of the hash; of the gradient behind a ReLU, loads and stores.

/// y = x · mask / (1 − rate) for elements `first` …; y may be x. The gradient is the same function of dy.
package func dropElements(
    count: Int, first: Int, rate: Float, key: UInt64, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    let choice = RandomChoice(rate: rate)
    let bits = PlaceBits(first: first, key: key)
    forEachVector(count) { offset, count in
        let kept = choice.kept((x + offset).lanes(count: count), bits[offset])
        (y + offset).store(kept, count: count)
    }
}

/// The same for whole channels of images (pixels, channels): what is chosen is an image's channel. y may be x.
package func dropChannels(
    images: Int, firstImage: Int, pixels: Int, channels: Int, rate: Float, key: UInt64, x: UnsafePointer<Float>,
    y: UnsafeMutablePointer<Float>
) {
    let choice = RandomChoice(rate: rate)
    let bits = PlaceBits(first: firstImage * channels, key: key)
    for image in 0..<images {
        let start = image * pixels * channels
        forEachVector(channels) { channel, count in
            let bits = bits[image * channels + channel]
            for offset in stride(from: start + channel, to: start + pixels * channels, by: channels) {
                (y + offset).store(choice.kept((x + offset).lanes(count: count), bits), count: count)
            }
        }
    }
}

/// Which elements pass, and how much larger.
private struct RandomChoice {
    private let threshold: LaneBits
    private let scale: Lanes

    @inline(__always)
    init(rate: Float) {
        threshold = LaneBits(repeating: UInt32(clamping: Int64(Double(rate) * 0x1p32)))
        scale = Lanes(repeating: 1 / (1 - rate))
    }

    @inline(__always)
    func kept(_ x: Lanes, _ bits: LaneBits) -> Lanes { (x * scale).replacing(with: 0, where: bits .< threshold) }
}

/// Random bits as a pure function of a key and a place, for consecutive places from a first one.
struct PlaceBits {
    private let low, high, counter: LaneBits

    @inline(__always)
    init(first: Int, key: UInt64) {
        low = LaneBits(repeating: UInt32(truncatingIfNeeded: key))
        high = LaneBits(repeating: UInt32(truncatingIfNeeded: key >> 32))
        var counter = LaneBits(repeating: UInt32(truncatingIfNeeded: first))
        for lane in 0..<laneCount { counter[lane] &+= UInt32(lane) }
        self.counter = counter
    }

    /// Those of a vector of places.
    @inline(__always)
    subscript(offset: Int) -> LaneBits {
        let place = counter &+ LaneBits(repeating: UInt32(truncatingIfNeeded: offset))
        return scramble(scramble(place ^ low) &+ high)
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
