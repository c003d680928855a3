// Batch normalization and the max pool behind it in one. Only the maxima of the normalized images are needed, and all gradients
// of what was pooled are zero but the winners': neither is ever stored, both are computed where they are needed.
//
// Windows do not overlap. Results and gradients are bit for bit those of `normalize`, `maxPool` and `normalizeGradient` one
// after the other; sums over gradients are added window by window, one image after the other.
// Limit: fetching the images once, and once more for each sum or gradient.

/// The maxima of normalized images, with winners as in `maxPool`.
package func maxPoolNormalized(
    _ shape: PoolingShape, images: Int, x: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, rectifies: Bool,
    y: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Float>?
) {
    let memory = MaximaMemory(rectifies: rectifies, y: y, winners: winners)
    let outputEnd = images * shape.outputCount
    let end = images * shape.inputCount
    for window in PlacedWindows(shape, images: images) {
        for channel in stride(from: 0, to: shape.channels, by: laneCount) {
            let rule = NormalizationLanes(
                coefficients, channels: shape.channels, from: channel, count: min(laneCount, shape.channels - channel))
            @inline(__always)
            func value(_ row: Int, _ column: Int) -> Lanes {
                rule.normalized(window.lanes(row, column, channel: channel, of: x, before: end))
            }
            memory.store(
                Maxima(rows: window.rows, columns: window.columns, value), at: window.output + channel,
                before: outputEnd)
        }
    }
}

/// Floats of working space for sums over an image.
package func pooledNormalizationScratch(_ shape: PoolingShape) -> Int { 2 * (shape.channels + laneCount) }

/// Adds [Σ dy][Σ dy · (x − mean)] of a group's windows to `sums`, where x are the values that won, and dy the gradients of
/// their maxima.
package func addPooledNormalizationSums(
    _ shape: PoolingShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    winners: UnsafePointer<Float>, moments: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
) {
    let plain = scratch
    let weighted = scratch + shape.channels + laneCount
    for image in 0..<images {
        scratch.update(repeating: 0, count: pooledNormalizationScratch(shape))
        let x = x + image * shape.inputCount
        let dy = dy + image * shape.outputCount
        let winners = winners + image * shape.outputCount
        for window in PlacedWindows(shape, images: 1) {
            for channel in stride(from: 0, to: shape.channels, by: laneCount) {
                let mean = (moments + channel).lanesInPieces(at: 0, before: shape.channels - channel)
                let g = dy.lanesInPieces(at: window.output + channel, before: shape.outputCount)
                let winner = unsafeBitCast(
                    winners.lanesInPieces(at: window.output + channel, before: shape.outputCount), to: LaneBits.self)
                var value = mean
                var place = LaneBits.zero
                for row in 0..<window.rows {
                    for column in 0..<window.columns {
                        let x = window.lanes(row, column, channel: channel, of: x, before: shape.inputCount)
                        value = value.replacing(with: x, where: winner .== place)
                        place &+= LaneBits(repeating: 1)
                    }
                }
                plain.store(plain.lanes(at: channel) + g, at: channel)
                weighted.store(weighted.lanes(at: channel).adding(g, times: value - mean), at: channel)
            }
        }
        for (own, sums) in [(plain, sums), (weighted, sums + shape.channels)] {
            forEachVector(shape.channels) { channel, count in
                let target = sums + channel
                target.store(target.lanes(count: count) + own.lanes(at: channel), count: count)
            }
        }
    }
}

/// dx = a · dy + b · (x − mean) + c as in `normalizeGradient`, where dy is the maximum's gradient for values that won and
/// zero for others.
package func pooledNormalizeGradient(
    _ shape: PoolingShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    winners: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, isRectified: Bool,
    dx: UnsafeMutablePointer<Float>
) {
    let end = images * shape.inputCount
    let outputEnd = images * shape.outputCount
    for image in 0..<images {
        let maxima = image * shape.outputCount
        var pixel = image * shape.inputCount
        shape.vertical.forEachPart { rows, windowRow in
            for row in rows {
                shape.horizontal.forEachPart { columns, windowColumn in
                    var window: Int?
                    if let windowRow, let windowColumn {
                        window = maxima + (windowRow * shape.horizontal.count + windowColumn) * shape.channels
                    }
                    var place = LaneBits(repeating: UInt32(truncatingIfNeeded: (row - rows.lowerBound) * columns.count))
                    for _ in columns {
                        for channel in stride(from: 0, to: shape.channels, by: laneCount) {
                            let rule = NormalizationGradientLanes(
                                coefficients, channels: shape.channels, from: channel,
                                count: min(laneCount, shape.channels - channel))
                            let value = x.lanes(at: pixel + channel, before: end)
                            var g = Lanes.zero
                            if let window {
                                let winner = winners.lanes(at: window + channel, before: outputEnd)
                                g = dy.lanes(at: window + channel, before: outputEnd)
                                    .replacing(with: 0, where: unsafeBitCast(winner, to: LaneBits.self) .!= place)
                            }
                            let result = rule.gradient(value, g)
                            dx.store(
                                isRectified ? result.gated(byReLU: value) : result, at: pixel + channel, before: end)
                        }
                        place &+= LaneBits(repeating: 1)
                        pixel += shape.channels
                    }
                }
            }
        }
    }
}
