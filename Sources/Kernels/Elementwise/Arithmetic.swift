/// y = x · scale + offset.
package func rescale(
    count: Int, x: UnsafePointer<Float>, scale: Float, offset: Float, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        let result = Lanes(repeating: offset).adding((x + at).lanes(count: count), times: Lanes(repeating: scale))
        (y + at).store(result, count: count)
    }
}

/// A mixture of two rows of numbers by their shares.
package func blend(
    count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, share: Float, otherShare: Float,
    to y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        let mixture = (a + at).lanes(count: count) * share + (b + at).lanes(count: count) * otherShare
        (y + at).store(mixture, count: count)
    }
}

/// The sum of `parts` rows, each `stride` apart, in their order, for one range of columns.
package func sumParts(
    parts: Int, stride: Int, range: Range<Int>, from rows: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
) {
    let rows = rows + range.lowerBound
    let result = result + range.lowerBound
    forEachVector(range.count) { at, count in
        var sum = (rows + at).lanes(count: count)
        for part in 1..<max(parts, 1) { sum += (rows + part * stride + at).lanes(count: count) }
        (result + at).store(sum, count: count)
    }
}
