// Batch normalization: y = (x − mean) / √(variance + ε) · γ + β, for each channel over the whole batch.
//
// The statistics of a batch are put together from parts. Each part is exact about its own images (two passes: mean, then
// squared deviations), and parts are merged by Chan's formula in a fixed order, so nothing cancels and nothing depends on
// threads. A part is [count][means][squared deviations]; the finished statistics are [means][variances].
//
// Limit: loads and stores.

/// Floats of one part of the statistics.
package func momentPartFloats(channels: Int) -> Int { 1 + 2 * channels }

/// Merges rows of a group of images into a part (which begins as zeros).
package func addMoments(rows: Int, channels: Int, x: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>) {
    let before = part[0]
    let count = Float(rows)
    let total = before + count
    let share = Lanes(repeating: count / total)
    let weight = Lanes(repeating: before * (count / total))
    let means = part + 1
    let deviations = part + 1 + channels
    forEachVector(channels) { channel, lanes in
        let whole = wholeVectorRows(rows: rows, columns: channels, from: channel)
        var sum = Lanes.zero
        for row in 0..<whole { sum += (x + row * channels + channel).lanes() }
        for row in whole..<rows { sum += (x + row * channels + channel).lanes(count: lanes) }
        let mean = sum / Lanes(repeating: count)
        var squares = Lanes.zero
        for row in 0..<whole {
            let d = (x + row * channels + channel).lanes() - mean
            squares = squares.adding(d, times: d)
        }
        for row in whole..<rows {
            let d = (x + row * channels + channel).lanes(count: lanes) - mean
            squares = squares.adding(d, times: d)
        }
        let old = (means + channel).lanes(count: lanes)
        let distance = mean - old
        (means + channel).store(old.adding(distance, times: share), count: lanes)
        let squared = (deviations + channel).lanes(count: lanes) + squares
        (deviations + channel).store(squared.adding(distance * distance, times: weight), count: lanes)
    }
    part[0] = total
}

/// Merges parts, `stride` apart, in their order into [means][variances].
package func finishMoments(
    parts: Int, stride: Int, channels: Int, from rows: UnsafePointer<Float>, to moments: UnsafeMutablePointer<Float>
) {
    for channel in 0..<channels {
        var count = rows[0]
        var mean = rows[1 + channel]
        var squares = rows[1 + channels + channel]
        for part in 1..<max(parts, 1) {
            let row = rows + part * stride
            guard row[0] > 0 else { continue }
            let total = count + row[0]
            let distance = row[1 + channel] - mean
            mean = mean.adding(distance, times: row[0] / total)
            squares = (squares + row[1 + channels + channel])
                .adding(distance * distance, times: count * (row[0] / total))
            count = total
        }
        moments[channel] = mean
        moments[channels + channel] = squares / count
    }
}

/// What normalizing needs of each channel: [means][factors][offsets] from [means][variances], γ (or ones) and β (or zeros).
package func normalizationCoefficients(
    channels: Int, epsilon: Float, moments: UnsafePointer<Float>, gamma: UnsafePointer<Float>?,
    beta: UnsafePointer<Float>?, to coefficients: UnsafeMutablePointer<Float>
) {
    for channel in 0..<channels {
        coefficients[channel] = moments[channel]
        coefficients[channels + channel] =
            (gamma?[channel] ?? 1) / (moments[channels + channel] + epsilon).squareRoot()
        coefficients[2 * channels + channel] = beta?[channel] ?? 0
    }
}

/// y = (x − mean) · factor + offset; y may be x.
package func normalize(
    rows: Int, channels: Int, x: UnsafePointer<Float>, coefficients: UnsafePointer<Float>,
    y: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let base = row * channels
        forEachVector(channels) { channel, count in
            let mean = (coefficients + channel).lanes(count: count)
            let factor = (coefficients + channels + channel).lanes(count: count)
            let offset = (coefficients + 2 * channels + channel).lanes(count: count)
            let result = offset.adding((x + base + channel).lanes(count: count) - mean, times: factor)
            (y + base + channel).store(result, count: count)
        }
    }
}

/// Adds [Σ dy][Σ dy · (x − mean)] of a group's rows to `sums`.
package func addNormalizationSums(
    rows: Int, channels: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, moments: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
) {
    forEachVector(channels) { channel, count in
        let mean = (moments + channel).lanes(count: count)
        var plain = Lanes.zero
        var weighted = Lanes.zero
        let whole = wholeVectorRows(rows: rows, columns: channels, from: channel)
        for row in 0..<whole {
            let g = (dy + row * channels + channel).lanes()
            plain += g
            weighted = weighted.adding(g, times: (x + row * channels + channel).lanes() - mean)
        }
        for row in whole..<rows {
            let g = (dy + row * channels + channel).lanes(count: count)
            plain += g
            weighted = weighted.adding(g, times: (x + row * channels + channel).lanes(count: count) - mean)
        }
        let first = sums + channel
        let second = sums + channels + channel
        first.store(first.lanes(count: count) + plain, count: count)
        second.store(second.lanes(count: count) + weighted, count: count)
    }
}

/// What the input gradient needs of each channel, [means][a][b][c] for dx = a · dy + b · (x − mean) + c, from the sums over
/// `count` values. Without sums the statistics are constants, and b and c are zero.
package func normalizationGradientCoefficients(
    channels: Int, epsilon: Float, count: Float, moments: UnsafePointer<Float>, gamma: UnsafePointer<Float>?,
    sums: UnsafePointer<Float>?, to coefficients: UnsafeMutablePointer<Float>
) {
    for channel in 0..<channels {
        let variance = moments[channels + channel] + epsilon
        let factor = (gamma?[channel] ?? 1) / variance.squareRoot()
        coefficients[channel] = moments[channel]
        coefficients[channels + channel] = factor
        coefficients[2 * channels + channel] = sums.map { -factor / variance * ($0[channels + channel] / count) } ?? 0
        coefficients[3 * channels + channel] = sums.map { -factor * ($0[channel] / count) } ?? 0
    }
}

/// dx = a · dy + b · (x − mean) + c; dx may be dy or x.
package func normalizeGradient(
    rows: Int, channels: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, coefficients: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let base = row * channels
        forEachVector(channels) { channel, count in
            let mean = (coefficients + channel).lanes(count: count)
            let a = (coefficients + channels + channel).lanes(count: count)
            let b = (coefficients + 2 * channels + channel).lanes(count: count)
            let c = (coefficients + 3 * channels + channel).lanes(count: count)
            let centred = (x + base + channel).lanes(count: count) - mean
            let result = c.adding(centred, times: b).adding((dy + base + channel).lanes(count: count), times: a)
            (dx + base + channel).store(result, count: count)
        }
    }
}

/// The gradient of γ from the sums: Σ dy · (x − mean) / √(variance + ε).
package func normalizationScaleGradient(
    channels: Int, epsilon: Float, moments: UnsafePointer<Float>, sums: UnsafePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>
) {
    for channel in 0..<channels {
        gradient[channel] = sums[channels + channel] / (moments[channels + channel] + epsilon).squareRoot()
    }
}

/// moving = moving · momentum + statistic · (1 − momentum); the result may be `moving`.
package func movingAverage(
    count: Int, momentum: Float, moving: UnsafePointer<Float>, statistic: UnsafePointer<Float>,
    to result: UnsafeMutablePointer<Float>
) {
    for index in 0..<count { result[index] = moving[index] * momentum + statistic[index] * (1 - momentum) }
}
