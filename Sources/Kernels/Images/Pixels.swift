// Pixels of files, integers from 0 to 255, become floats from 0 to 1: the same bits as numpy's `float32(x) / 255`.
//
// A division takes sixteen cycles. A product with 1/255 is off by one unit in the last place at most, and its remainder corrects
// that: for all 256 pixels the corrected product is the quotient.
// Limit: memory, from which most pictures come.

/// pixels / 255.
package func decodePixels(count: Int, from pixels: UnsafePointer<UInt8>, to floats: UnsafeMutablePointer<Float>) {
    let whole = count / laneCount * laneCount
    for offset in stride(from: 0, to: whole, by: laneCount) {
        var values = Lanes.zero
        for lane in 0..<laneCount { values[lane] = Float(Int32(pixels[offset + lane])) }
        #if FUSED_MULTIPLY_ADD
        let quotients = values * reciprocal
        let remainders = values.adding(quotients, times: Lanes(repeating: -255))
        floats.store(quotients.adding(remainders, times: Lanes(repeating: reciprocal)), at: offset)
        #else
        floats.store(values / 255, at: offset)
        #endif
    }
    for offset in whole..<count { floats[offset] = Float(pixels[offset]) / 255 }
}

/// Requests pixels that will be decoded soon: those of a picture chosen at random are in no cache.
package func prefetchPixels(count: Int, from pixels: UnsafePointer<UInt8>) {
    prefetch(UnsafeRawPointer(pixels), bytes: count)
}

private let reciprocal: Float = 1 / 255
