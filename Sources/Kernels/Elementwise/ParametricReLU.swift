// A ReLU with a slope of its own for each element of an image.
//
// Limit: loads and stores.

/// y = x, or slope · x for negative x, with a slope for each of an image's `count` elements; y may be x.
package func parametricReLU(
    images: Int, count: Int, x: UnsafePointer<Float>, slopes: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    for start in stride(from: 0, to: images * count, by: count) {
        forEachVector(count) { at, count in
            let x = (x + start + at).lanes(count: count)
            let result = x.replacing(with: x * (slopes + at).lanes(count: count), where: x .< 0)
            (y + start + at).store(result, count: count)
        }
    }
}

/// The gradient of `parametricReLU` by x; dx may be dy or x.
package func parametricReLUGradient(
    images: Int, count: Int, x: UnsafePointer<Float>, slopes: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    for start in stride(from: 0, to: images * count, by: count) {
        forEachVector(count) { at, count in
            let dy = (dy + start + at).lanes(count: count)
            let isNegative = (x + start + at).lanes(count: count) .<= 0
            let result = dy.replacing(with: dy * (slopes + at).lanes(count: count), where: isNegative)
            (dx + start + at).store(result, count: count)
        }
    }
}

/// Adds what some images contributed to the gradient of the slopes, one for each element of an image or repeated along axes;
/// `scratch` holds the floats of one image and of the slopes.
package func addSlopeGradient(
    _ axes: RepeatedAxes, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    let imageSums = scratch + axes.count
    for start in stride(from: 0, to: images * axes.count, by: axes.count) {
        forEachVector(axes.count) { at, count in
            let x = (x + start + at).lanes(count: count)
            let share = (x * (dy + start + at).lanes(count: count)).replacing(with: 0, where: x .>= 0)
            (scratch + at).store(share, count: count)
        }
        sumRepeatedAxes(axes, images: 1, dy: scratch, dx: imageSums)
        addElements(count: axes.smallCount, a: sums, b: imageSums, y: sums)
    }
}
