// What makes one value of two: element by element, side by side, or repeated to the other's shape.
//
// Limit: loads and stores.

/// y = a + b; y may be either.
package func addElements(
    count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        (y + at).store((a + at).lanes(count: count) + (b + at).lanes(count: count), count: count)
    }
}

/// y = a − b; y may be either.
package func subtractElements(
    count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        (y + at).store((a + at).lanes(count: count) - (b + at).lanes(count: count), count: count)
    }
}

/// y = a · b; y may be either.
package func multiplyElements(
    count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        (y + at).store((a + at).lanes(count: count) * (b + at).lanes(count: count), count: count)
    }
}

/// y = max(a, b), and NaN where either is; y may be either.
package func maximumOfElements(
    count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        let (a, b) = ((a + at).lanes(count: count), (b + at).lanes(count: count))
        (y + at).store(a.replacing(with: b, where: isSecondLarger(a, b)), count: count)
    }
}

/// Where the maximum is b: where b is larger, or NaN, which wins as in every reduction to a maximum.
@inline(__always)
private func isSecondLarger(_ a: Lanes, _ b: Lanes) -> SIMDMask<Lanes.MaskStorage> { (a .< b) .| (b .!= b) }

/// The gradient of `maximumOfElements` by a, or by b: dy where it is the larger; of equals, a is. dx may be dy.
package func maximumGradient(
    count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, ofFirst: Bool, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { at, count in
        let isSecond = isSecondLarger((a + at).lanes(count: count), (b + at).lanes(count: count))
        let dy = (dy + at).lanes(count: count)
        (dx + at).store(dy.replacing(with: 0, where: ofFirst ? isSecond : .!isSecond), count: count)
    }
}

/// Copies the first `count` floats of each row to another row, `strides` floats apart.
package func copyColumns(
    rows: Int, count: Int, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>, strides: (from: Int, to: Int)
) {
    for row in 0..<rows { (to + row * strides.to).update(from: from + row * strides.from, count: count) }
}

/// How a small array is repeated along some axes of a larger one, outermost first.
package struct RepeatedAxes: Sendable {
    /// The larger array's lengths; the smaller one's are the same, or 1 where it is repeated.
    let lengths: [Int]
    /// Floats from one element of the smaller array to the next along each axis; 0 where it is repeated.
    let strides: [Int]
    /// Floats of the arrays.
    package let count, smallCount: Int

    /// Of shapes of equal rank.
    package init(_ small: [Int], in lengths: [Int]) {
        var strides = [Int](repeating: 0, count: lengths.count)
        var stride = 1
        for axis in lengths.indices.reversed() {
            strides[axis] = small[axis] == 1 && lengths[axis] != 1 ? 0 : stride
            stride *= small[axis]
        }
        self.lengths = lengths
        self.strides = strides
        count = lengths.reduce(1, *)
        smallCount = stride
    }

    /// Calls the body for each row of the larger array with where it begins in both, and whether it repeats one element.
    @inline(__always)
    func forEachRow(_ body: (_ large: Int, _ small: Int, _ count: Int, _ isRepeated: Bool) -> Void) {
        let last = lengths.count - 1
        let length = last < 0 ? 1 : lengths[last]
        for row in 0..<count / max(length, 1) {
            var rest = row
            var small = 0
            for axis in stride(from: last - 1, through: 0, by: -1) {
                let (next, index) = rest.quotientAndRemainder(dividingBy: lengths[axis])
                small += index * strides[axis]
                rest = next
            }
            body(row * length, small, length, last >= 0 && strides[last] == 0 && length > 1)
        }
    }
}

/// Repeats each image's array.
package func repeatAxes(_ axes: RepeatedAxes, images: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>) {
    for image in 0..<images {
        let (x, y) = (x + image * axes.smallCount, y + image * axes.count)
        axes.forEachRow { large, small, count, isRepeated in
            if isRepeated {
                (y + large).update(repeating: x[small], count: count)
            } else {
                (y + large).update(from: x + small, count: count)
            }
        }
    }
}

/// Adds up the gradients of each element's repetitions, row after row.
package func sumRepeatedAxes(
    _ axes: RepeatedAxes, images: Int, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        let (dy, dx) = (dy + image * axes.count, dx + image * axes.smallCount)
        dx.update(repeating: 0, count: axes.smallCount)
        axes.forEachRow { large, small, count, isRepeated in
            if isRepeated {
                var sum: Float = 0
                for index in large..<large + count { sum += dy[index] }
                dx[small] += sum
            } else {
                addElements(count: count, a: dx + small, b: dy + large, y: dx + small)
            }
        }
    }
}
