// Weight penalties: l1 · Σ|w| + l2 · Σ w². Sums run in sixteen lanes whatever the machine, added up in order.

/// The penalty of `count` weights.
package func weightPenalty(count: Int, l1: Float, l2: Float, weights: UnsafePointer<Float>) -> Float {
    var absolutes = SIMD16<Float>.zero
    var squares = SIMD16<Float>.zero
    var index = 0
    while index + 16 <= count {
        let w = UnsafeRawPointer(weights + index).loadUnaligned(as: SIMD16<Float>.self)
        absolutes += w.replacing(with: -w, where: w .< 0)
        squares = squares.adding(w, times: w)
        index += 16
    }
    for last in index..<max(index, count) {
        absolutes[last - index] += weights[last].magnitude
        squares[last - index] = squares[last - index].adding(weights[last], times: weights[last])
    }
    var penalty: Float = 0
    for lane in 0..<16 { penalty += l1 * absolutes[lane] + l2 * squares[lane] }
    return penalty
}

/// g = (l1 · sign w + 2 · l2 · w) · scale.
package func weightPenaltyGradient(
    count: Int, l1: Float, l2: Float, scale: Float, weights: UnsafePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { offset, count in
        let w = (weights + offset).lanes(count: count)
        let sign = Lanes.zero.replacing(with: l1, where: w .> 0).replacing(with: -l1, where: w .< 0)
        (gradient + offset).store(sign.adding(w, times: Lanes(repeating: 2 * l2)) * scale, count: count)
    }
}
