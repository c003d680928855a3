// The largest value of every window of an NHWC image, each channel for itself: lanes are channels.
//
// Beside each maximum its *winner* is noted: where on its window's part of the image it stood, counted row by row, the
// first of equals as in TensorFlow. A pool may rectify: max(x, 0) before or after taking the maximum is the same, and
// saves a pass over the image. A maximum that rectification made zero has no winner. Winners are whole numbers in the bits
// of floats.
//
// Rows of channels that are no multiple of a vector are read and written beyond their end: what is written there is
// written again by the next row.
// Limit: loads and stores; everything a group touches is in the cache.

/// The winner of a maximum that passes nothing on.
private var noWinner: LaneBits {
    @inline(__always) get { LaneBits(repeating: .max) }
}

extension PoolingShape {
    /// Whether every image position belongs to one window at most, and every window lies on the image: then a gradient of
    /// the pool is a list of few numbers and their places.
    package var isSparse: Bool {
        vertical.stride >= vertical.window && horizontal.stride >= horizontal.window && !vertical.isPadded
            && !horizontal.isPadded
    }
}

/// The largest value of every window; a NaN in the window wins. Winners are noted where there is memory for them.
package func maxPool(
    _ shape: PoolingShape, images: Int, x: UnsafePointer<Float>, rectifies: Bool, y: UnsafeMutablePointer<Float>,
    winners: UnsafeMutablePointer<Float>?
) {
    let inputEnd = images * shape.inputCount
    let outputEnd = images * shape.outputCount
    shape.forEachWindow(images: images) { image, output, rows, columns in
        for channel in stride(from: 0, to: shape.channels, by: laneCount) {
            var best = Lanes(repeating: -.infinity)
            var winner = LaneBits.zero
            var place = LaneBits.zero
            for h in rows {
                var offset = image + (h * shape.horizontal.size + columns.lowerBound) * shape.channels + channel
                for _ in columns {
                    let value = x.lanes(at: offset, before: inputEnd)
                    let wins = (value .> best) .| (value .!= value)
                    best.replace(with: value, where: wins)
                    winner.replace(with: place, where: wins)
                    place &+= LaneBits(repeating: 1)
                    offset += shape.channels
                }
            }
            if rectifies {
                winner.replace(with: noWinner, where: best .<= 0)
                best.replace(with: 0, where: best .< 0)
            }
            y.store(best, at: output + channel, before: outputEnd)
            if let winners {
                winners.store(unsafeBitCast(winner, to: Lanes.self), at: output + channel, before: outputEnd)
            }
        }
    }
}

/// The gradient of maxima that have a winner; zero for the others.
package func gateWinners(
    count: Int, winners: UnsafePointer<Float>, dy: UnsafePointer<Float>, to gated: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { offset, count in
        let winner = unsafeBitCast((winners + offset).lanes(count: count), to: LaneBits.self)
        let gradient = (dy + offset).lanes(count: count)
        (gated + offset).store(gradient.replacing(with: 0, where: winner .== noWinner), count: count)
    }
}

/// The gradient of `maxPool`: every dy is added where its maximum's winner stands.
package func maxPoolGradient(
    _ shape: PoolingShape, images: Int, winners: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    let end = images * shape.outputCount
    dx.update(repeating: 0, count: images * shape.inputCount)
    shape.forEachWindow(images: images) { image, output, rows, columns in
        for channel in stride(from: 0, to: shape.channels, by: laneCount) {
            let count = min(laneCount, shape.channels - channel)
            let gradient = dy.lanes(at: output + channel, before: end)
            let winner = unsafeBitCast(winners.lanes(at: output + channel, before: end), to: LaneBits.self)
            var place = LaneBits.zero
            for h in rows {
                var target = dx + image + (h * shape.horizontal.size + columns.lowerBound) * shape.channels + channel
                for _ in columns {
                    let share = Lanes.zero.replacing(with: gradient, where: winner .== place)
                    target.store(target.lanes(count: count) + share, count: count)
                    place &+= LaneBits(repeating: 1)
                    target += shape.channels
                }
            }
        }
    }
}
