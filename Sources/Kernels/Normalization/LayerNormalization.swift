// Layer normalization: every row by its own mean and variance, y = γ · (x − mean) / √(variance + ε) + β.
//
// Sums along a row run in sixteen lanes whatever the machine has. The statistics are computed again for the gradients, because
// a row is in the cache by then and memory for them is not needed.
// Limit: loads, twice for the statistics and once more.

/// The statistics of one row.
private struct RowMoments {
    let mean, factor: Float

    /// Of a row's mean, and 1 / √(variance + ε).
    @inline(__always)
    init(_ x: UnsafePointer<Float>, count: Int, epsilon: Float) {
        let mean = sumInSixteen(count) { at, count in sixteen(x + at, count) } / Float(count)
        let variance =
            sumInSixteen(count) { at, count in
                let distance = sixteen(x + at, count) - mean
                return distance * distance
            } / Float(count)
        self.mean = mean
        factor = 1 / (variance + epsilon).squareRoot()
    }
}

@inline(__always)
private func sixteen(_ x: UnsafePointer<Float>, _ count: Int) -> SIMD16<Float> {
    count >= 16 ? UnsafeRawPointer(x).loadUnaligned(as: SIMD16<Float>.self) : SIMD16(first: count, at: x)
}

/// The sum of terms, the lanes of the last vector that do not exist left out.
@inline(__always)
private func sumInSixteen(_ count: Int, _ terms: (_ at: Int, _ count: Int) -> SIMD16<Float>) -> Float {
    var sums = SIMD16<Float>.zero
    var at = 0
    while at < count {
        let room = count - at
        var term = terms(at, min(16, room))
        if room < 16 { for lane in room..<16 { term[lane] = 0 } }
        sums += term
        at += 16
    }
    var sum: Float = 0
    for lane in 0..<16 { sum += sums[lane] }
    return sum
}

/// Normalizes rows; without γ and β, those are 1 and 0. y may be x.
package func normalizeRows(
    rows: Int, count: Int, epsilon: Float, x: UnsafePointer<Float>, gamma: UnsafePointer<Float>?,
    beta: UnsafePointer<Float>?, y: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let (x, y) = (x + row * count, y + row * count)
        let moments = RowMoments(x, count: count, epsilon: epsilon)
        forEachVector(count) { at, count in
            var result = ((x + at).lanes(count: count) - moments.mean) * moments.factor
            if let gamma { result *= (gamma + at).lanes(count: count) }
            if let beta { result += (beta + at).lanes(count: count) }
            (y + at).store(result, count: count)
        }
    }
}

/// dx = (g − mean(g) − x̂ · mean(g · x̂)) / √(variance + ε) with g = γ · dy for every row; dx may be dy or x.
package func normalizeRowsGradient(
    rows: Int, count: Int, epsilon: Float, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    gamma: UnsafePointer<Float>?, dx: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let (x, dy, dx) = (x + row * count, dy + row * count, dx + row * count)
        let moments = RowMoments(x, count: count, epsilon: epsilon)
        @inline(__always)
        func scaled(_ at: Int, _ count: Int) -> SIMD16<Float> {
            guard let gamma else { return sixteen(dy + at, count) }
            return sixteen(dy + at, count) * sixteen(gamma + at, count)
        }
        let sum = sumInSixteen(count) { at, count in scaled(at, count) }
        let product = sumInSixteen(count) { at, count in
            scaled(at, count) * ((sixteen(x + at, count) - moments.mean) * moments.factor)
        }
        let (mean, slope) = (sum / Float(count), product / Float(count))
        forEachVector(count) { at, count in
            var g = (dy + at).lanes(count: count)
            if let gamma { g *= (gamma + at).lanes(count: count) }
            let normalized = ((x + at).lanes(count: count) - moments.mean) * moments.factor
            (dx + at).store((g - mean - normalized * slope) * moments.factor, count: count)
        }
    }
}

/// Adds Σ dy · x̂ over the rows of some images, image by image; `scratch` holds `count` floats.
package func addRowScaleGradient(
    images: Int, rows: Int, count: Int, epsilon: Float, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        scratch.update(repeating: 0, count: count)
        for row in image * rows..<(image + 1) * rows {
            let (x, dy) = (x + row * count, dy + row * count)
            let moments = RowMoments(x, count: count, epsilon: epsilon)
            forEachVector(count) { at, count in
                let normalized = ((x + at).lanes(count: count) - moments.mean) * moments.factor
                let sum = (scratch + at).lanes(count: count).adding((dy + at).lanes(count: count), times: normalized)
                (scratch + at).store(sum, count: count)
            }
        }
        addElements(count: count, a: sums, b: scratch, y: sums)
    }
}
