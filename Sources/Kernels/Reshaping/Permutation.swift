/// The axes of an array in another order.
package struct AxisOrder: Sendable, Hashable {
    /// The result's lengths, outermost first.
    package let lengths: [Int]
    /// Floats of the array from one element of the result to the next along each of its axes.
    private let strides: [Int]
    /// Floats of both.
    package let count: Int

    /// Axis i of the result is axis `axes[i]` of an array of these lengths.
    package init(_ lengths: [Int], axes: [Int]) {
        var strides = [Int](repeating: 1, count: lengths.count)
        for axis in lengths.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * lengths[axis + 1] }
        self.lengths = axes.map { lengths[$0] }
        self.strides = axes.map { strides[$0] }
        count = lengths.reduce(1, *)
    }

    /// Calls the body for each row of the result with where it begins in both, and the stride of its elements in the array.
    @inline(__always)
    fileprivate func forEachRow(_ body: (_ target: Int, _ source: Int, _ count: Int, _ stride: Int) -> Void) {
        let last = lengths.count - 1
        let length = last < 0 ? 1 : lengths[last]
        for row in 0..<count / max(length, 1) {
            var rest = row
            var source = 0
            for axis in stride(from: last - 1, through: 0, by: -1) {
                let (next, index) = rest.quotientAndRemainder(dividingBy: lengths[axis])
                source += index * strides[axis]
                rest = next
            }
            body(row * length, source, length, last < 0 ? 1 : strides[last])
        }
    }
}

/// Puts the axes of each image's array into another order.
package func permute(_ order: AxisOrder, images: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>) {
    for start in stride(from: 0, to: images * order.count, by: max(order.count, 1)) {
        order.forEachRow { target, source, count, stride in
            let (x, y) = (x + start + source, y + start + target)
            if stride == 1 {
                y.update(from: x, count: count)
            } else {
                for index in 0..<count { y[index] = x[index * stride] }
            }
        }
    }
}
