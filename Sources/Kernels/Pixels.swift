// Pixels as files have them, whole numbers from 0 to 255, become floats from 0 to 1.
//
// A division and no multiplication with 1/255, because that would round some of them differently from numpy.
// Limit: the divisions.

/// pixels / 255.
package func decodePixels(count: Int, from pixels: UnsafePointer<UInt8>, to floats: UnsafeMutablePointer<Float>) {
    let whole = count / laneCount * laneCount
    for offset in stride(from: 0, to: whole, by: laneCount) {
        var values = Lanes.zero
        for lane in 0..<laneCount { values[lane] = Float(Int32(pixels[offset + lane])) }
        floats.store(values / 255, at: offset)
    }
    for offset in whole..<count { floats[offset] = Float(pixels[offset]) / 255 }
}
