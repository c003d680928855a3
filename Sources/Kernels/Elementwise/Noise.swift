// Gaussian noise, a pure function of a key and the element's index in the batch, as dropout is.
//
// Limit: the polynomials of the normal distribution's inverse.

/// y = x + deviation · noise for elements `first` …; y may be x.
package func addNoise(
    count: Int, first: Int, deviation: Float, key: UInt64, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    let bits = PlaceBits(first: first, key: key)
    forEachVector(count) { offset, count in
        let noise = standardNormal(bits[offset])
        (y + offset).store(
            (x + offset).lanes(count: count).adding(noise, times: Lanes(repeating: deviation)), count: count)
    }
}

/// y = x · (1 + deviation · noise) for elements `first` …; y may be x. The gradient is the same function of dy.
package func multiplyByNoise(
    count: Int, first: Int, deviation: Float, key: UInt64, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    let bits = PlaceBits(first: first, key: key)
    forEachVector(count) { offset, count in
        let factor = Lanes(repeating: 1).adding(standardNormal(bits[offset]), times: Lanes(repeating: deviation))
        (y + offset).store((x + offset).lanes(count: count) * factor, count: count)
    }
}

/// Standard normal numbers from fair bits, by inverting the distribution function at the middles of 2²⁴ equal parts.
@inline(__always)
func standardNormal(_ bits: LaneBits) -> Lanes {
    let part = unsafeBitCast(bits &>> LaneBits(repeating: 8), to: LaneIntegers.self)
    let odd = (part &<< LaneIntegers(repeating: 1)) &- LaneIntegers(repeating: (1 << 24) - 1)
    return inverseErrorFunction(Lanes(odd) * 0x1p-24) * 1.414_213_562
}

/// The inverse of the error function between −1 and 1, within a millionth: Giles's single-precision approximation.
@inline(__always)
func inverseErrorFunction(_ x: Lanes) -> Lanes {
    let w = -logarithm((1 - x) * (1 + x))
    let middle = polynomial(
        w - 2.5,
        [
            2.810_226_36e-8, 3.432_739_39e-7, -3.523_387_7e-6, -4.391_506_54e-6, 2.185_808_7e-4, -1.253_725_03e-3,
            -4.177_681_64e-3, 2.466_407_27e-1, 1.501_409_41,
        ])
    let tail = polynomial(
        w.squareRoot() - 3,
        [
            -2.002_142_57e-4, 1.009_505_58e-4, 1.349_343_22e-3, -3.673_428_44e-3, 5.739_507_73e-3, -7.622_461_3e-3,
            9.438_870_47e-3, 1.001_674_06, 2.832_976_82,
        ])
    return x * middle.replacing(with: tail, where: w .>= 5)
}
