// How near is near: for every point the width of a normal distribution under which the distribution of its neighbours
// has a given perplexity.

/// Replaces squared distances, nearest first, by the probabilities of the neighbours. Behind them is room up to a
/// multiple of sixteen.
///
/// The width is found by bisection within scikit-learn's bounds: a hundred steps at most, the entropy to 1e-5.
package func neighbourProbabilities(_ values: UnsafeMutablePointer<Float>, count: Int, logPerplexity: Float) {
    // The same is subtracted from all distances, which changes no probability and keeps them from vanishing together.
    let nearest = values[0]
    for index in 0..<count { values[index] -= nearest }
    var precision: Float = 1
    var (lowest, highest) = (-Float.infinity, Float.infinity)
    for _ in 0..<100 {
        let (sum, weighted) = moments(values, count, precision)
        let excess = logarithm(Lanes(repeating: sum))[0] + precision * weighted / sum - logPerplexity
        if abs(excess) <= 1e-5 { break }
        if excess > 0 {
            lowest = precision
            precision = highest == .infinity ? 2 * precision : (precision + highest) / 2
        } else {
            highest = precision
            precision = lowest == -.infinity ? precision / 2 : (precision + lowest) / 2
        }
    }
    let (sum, _) = moments(values, count, precision)
    for offset in stride(from: 0, to: count, by: 16) {
        let probabilities = density(values, at: offset, count, precision) / sum
        UnsafeMutableRawPointer(values + offset).storeBytes(of: probabilities, as: SIMD16<Float>.self)
    }
}

/// The sums of exp(−d · precision), and of d times that.
private func moments(
    _ values: UnsafePointer<Float>, _ count: Int, _ precision: Float
) -> (sum: Float, weighted: Float) {
    var (sums, weighted) = (SIMD16<Float>.zero, SIMD16<Float>.zero)
    for offset in stride(from: 0, to: count, by: 16) {
        let densities = density(values, at: offset, count, precision)
        sums += densities
        weighted = weighted.adding(densities, times: values.sixteen(at: offset))
    }
    return (sums.total, weighted.total)
}

/// exp(−d · precision) of sixteen distances; zero behind the last.
@inline(__always)
private func density(
    _ values: UnsafePointer<Float>, at offset: Int, _ count: Int, _ precision: Float
) -> SIMD16<Float> {
    let exponents = values.sixteen(at: offset) * -precision
    #if WIDE_LANES
    var densities = exponential(exponents)
    #else
    var densities = SIMD16(lowHalf: exponential(exponents.lowHalf), highHalf: exponential(exponents.highHalf))
    #endif
    for lane in min(16, count - offset)..<16 { densities[lane] = 0 }
    return densities
}

/// The natural logarithm of a positive normal number.
package func logarithm(_ x: Float) -> Float { logarithm(Lanes(repeating: x))[0] }
