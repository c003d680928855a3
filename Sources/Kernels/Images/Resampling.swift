// Images of another size. A row of the result is a mixture of two rows of the image, along whole rows of floats; its pixels are
// mixtures of two pixels of that row, each channel for itself.
//
// Limit: loads and stores; for few channels, the scalar loop along the columns.

/// Which two positions of an axis each position of the result lies between.
package struct AxisSamples: Sendable, Hashable {
    /// Length of the axis.
    let size: Int
    /// The two positions, and how much of the upper one there is.
    package let lower, upper: [Int]
    let shares: [Float]

    /// Length of the result's axis.
    var count: Int { lower.count }

    /// The position nearest to each centre, or with shares of two, if it is bilinear; pixels' centres lie at halves, as in
    /// TensorFlow, and the arithmetic is single precision as there.
    package init(size: Int, count: Int, isBilinear: Bool) {
        self.size = size
        let scale = Float(size) / Float(count)
        let centres = (0..<count).map { (Float($0) + 0.5) * scale }
        if isBilinear {
            let places = centres.map { $0 - 0.5 }
            lower = places.map { min(max(Int($0.rounded(.down)), 0), size - 1) }
            upper = places.map { min(max(Int($0.rounded(.up)), 0), size - 1) }
            shares = places.map { $0 - $0.rounded(.down) }
        } else {
            lower = centres.map { min(Int($0.rounded(.down)), size - 1) }
            upper = lower
            shares = centres.map { _ in 0 }
        }
    }
}

/// What resampling and its gradient share.
package struct ResamplingShape: Sendable, Hashable {
    package let vertical, horizontal: AxisSamples
    let channels: Int
    package let isBilinear: Bool

    /// Of images to another size.
    package init(
        from size: (vertical: Int, horizontal: Int), to result: (vertical: Int, horizontal: Int), channels: Int,
        isBilinear: Bool
    ) {
        vertical = AxisSamples(size: size.vertical, count: result.vertical, isBilinear: isBilinear)
        horizontal = AxisSamples(size: size.horizontal, count: result.horizontal, isBilinear: isBilinear)
        self.channels = channels
        self.isBilinear = isBilinear
    }

    /// Floats of a row of the image: of working space, too.
    package var row: Int { horizontal.size * channels }
    var resultRow: Int { horizontal.count * channels }
    var inputCount: Int { vertical.size * row }
    var outputCount: Int { vertical.count * resultRow }
}

/// Every image in another size; `scratch` holds `row` floats.
package func resample(
    _ shape: ResamplingShape, images: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        let x = x + image * shape.inputCount
        for i in 0..<shape.vertical.count {
            let target = y + image * shape.outputCount + i * shape.resultRow
            let lower = x + shape.vertical.lower[i] * shape.row
            if shape.isBilinear {
                mix(
                    count: shape.row, lower, x + shape.vertical.upper[i] * shape.row, shape.vertical.shares[i],
                    to: scratch)
                for j in 0..<shape.horizontal.count {
                    mix(
                        count: shape.channels, UnsafePointer(scratch) + shape.horizontal.lower[j] * shape.channels,
                        UnsafePointer(scratch) + shape.horizontal.upper[j] * shape.channels,
                        shape.horizontal.shares[j], to: target + j * shape.channels)
                }
            } else if i > 0, shape.vertical.lower[i] == shape.vertical.lower[i - 1] {
                target.update(from: target - shape.resultRow, count: shape.resultRow)
            } else {
                for j in 0..<shape.horizontal.count {
                    (target + j * shape.channels).update(
                        from: lower + shape.horizontal.lower[j] * shape.channels, count: shape.channels)
                }
            }
        }
    }
}

/// The gradient of `resample`: every dy goes to where its value came from; `scratch` holds `row` floats.
package func resampleGradient(
    _ shape: ResamplingShape, images: Int, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
) {
    dx.update(repeating: 0, count: images * shape.inputCount)
    for image in 0..<images {
        let dx = dx + image * shape.inputCount
        for i in 0..<shape.vertical.count {
            let source = dy + image * shape.outputCount + i * shape.resultRow
            scratch.update(repeating: 0, count: shape.row)
            for j in 0..<shape.horizontal.count {
                let share = shape.horizontal.shares[j]
                let dy = source + j * shape.channels
                add(
                    count: shape.channels, dy, times: 1 - share,
                    to: scratch + shape.horizontal.lower[j] * shape.channels)
                guard shape.isBilinear else { continue }
                add(count: shape.channels, dy, times: share, to: scratch + shape.horizontal.upper[j] * shape.channels)
            }
            let share = shape.vertical.shares[i]
            add(count: shape.row, scratch, times: 1 - share, to: dx + shape.vertical.lower[i] * shape.row)
            guard shape.isBilinear else { continue }
            add(count: shape.row, scratch, times: share, to: dx + shape.vertical.upper[i] * shape.row)
        }
    }
}

/// a + (b − a) · share. Few floats are not worth a vector's partial loads.
@inline(__always)
private func mix(
    count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ share: Float, to y: UnsafeMutablePointer<Float>
) {
    if count < laneCount {
        for index in 0..<count { y[index] = a[index].adding(b[index] - a[index], times: share) }
    } else {
        forEachVector(count) { at, count in
            let (a, b) = ((a + at).lanes(count: count), (b + at).lanes(count: count))
            (y + at).store(a.adding(b - a, times: Lanes(repeating: share)), count: count)
        }
    }
}

/// y + x · factor.
@inline(__always)
private func add(count: Int, _ x: UnsafePointer<Float>, times factor: Float, to y: UnsafeMutablePointer<Float>) {
    if count < laneCount {
        for index in 0..<count { y[index] = y[index].adding(x[index], times: factor) }
    } else {
        forEachVector(count) { at, count in
            let sum = (y + at).lanes(count: count).adding((x + at).lanes(count: count), times: Lanes(repeating: factor))
            (y + at).store(sum, count: count)
        }
    }
}
