/// y = (x − before) · factor + after with constants for each of an image's `count` elements; y may be x.
package func normalizeByConstants(
    images: Int, count: Int, x: UnsafePointer<Float>, before: UnsafePointer<Float>, factor: UnsafePointer<Float>,
    after: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    for start in stride(from: 0, to: images * count, by: count) {
        forEachVector(count) { at, count in
            let centred = (x + start + at).lanes(count: count) - (before + at).lanes(count: count)
            let result = (after + at).lanes(count: count).adding(centred, times: (factor + at).lanes(count: count))
            (y + start + at).store(result, count: count)
        }
    }
}
