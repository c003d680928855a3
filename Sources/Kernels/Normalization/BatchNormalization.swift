// Batch normalization: y = (x − mean) / √(variance + ε) · γ + β, for each channel over the whole batch.
//
// The statistics of a batch are merged from parts. Each part is exact about its own images (two passes: mean, then
// squared deviations), and parts are merged by Chan's formula in a fixed order, so nothing cancels and nothing depends on
// threads. A part is [count][means][squared deviations]; the finished statistics are [means][variances].
//
// Limit: loads and stores.

/// Floats of one part of the statistics.
package func momentPartFloats(channels: Int) -> Int { 1 + 2 * channels }

/// Merges rows of a group of images into a part (which begins as zeros).
package func addMoments(rows: Int, channels: Int, x: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>) {
    forEachCachedBlock(rows: rows, columns: channels) { block in
        MomentWork(rows: block.count, x: x, part: part, channels: channels)
            .run(rows: block, of: rows, columns: channels)
        part[0] += Float(block.count)
    }
}

private struct MomentWork: ColumnWork {
    let x: UnsafePointer<Float>
    let means, deviations: UnsafeMutablePointer<Float>
    let count, share, weight: Lanes

    init(rows: Int, x: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>, channels: Int) {
        self.x = x
        means = part + 1
        deviations = part + 1 + channels
        let before = part[0]
        let share = Float(rows) / (before + Float(rows))
        count = Lanes(repeating: Float(rows))
        self.share = Lanes(repeating: share)
        weight = Lanes(repeating: before * share)
    }

    func work<Strip: ColumnStrip>(on columns: Columns<Strip>) {
        var sum = Strip()
        for row in columns.rows { sum.add(columns.row(row, of: x)) }
        let mean = sum.map { $0 / count }
        var squares = Strip()
        for row in columns.rows {
            let distance = columns.row(row, of: x).map(mean) { $0 - $1 }
            squares = squares.map(distance) { $0.adding($1, times: $1) }
        }
        let distance = mean.map(columns.strip(of: UnsafePointer(means))) { $0 - $1 }
        columns.update(means) { $0.map(distance) { $0.adding($1, times: share) } }
        columns.update(deviations) { $0.map(squares, distance) { ($0 + $1).adding($2 * $2, times: weight) } }
    }
}

/// Merges parts, `stride` apart, in their order into [means][variances], for some of the channels.
package func finishMoments(
    parts: Int, stride: Int, channels: Int, range: Range<Int>, from rows: UnsafePointer<Float>,
    to moments: UnsafeMutablePointer<Float>
) {
    forEachVector(range.count) { offset, lanes in
        let channel = range.lowerBound + offset
        var count = rows[0]
        var mean = (rows + 1 + channel).lanes(count: lanes)
        var squares = (rows + 1 + channels + channel).lanes(count: lanes)
        for part in 1..<max(parts, 1) {
            let row = rows + part * stride
            guard row[0] > 0 else { continue }
            let total = count + row[0]
            let share = row[0] / total
            let distance = (row + 1 + channel).lanes(count: lanes) - mean
            mean = mean.adding(distance, times: Lanes(repeating: share))
            squares = (squares + (row + 1 + channels + channel).lanes(count: lanes))
                .adding(distance * distance, times: Lanes(repeating: count * share))
            count = total
        }
        (moments + channel).store(mean, count: lanes)
        (moments + channels + channel).store(squares / Lanes(repeating: count), count: lanes)
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
            let rule = NormalizationLanes(coefficients, channels: channels, from: channel, count: count)
            (y + base + channel).store(rule.normalized((x + base + channel).lanes(count: count)), count: count)
        }
    }
}

/// The coefficients of some channels.
struct NormalizationLanes {
    private let mean, factor, offset: Lanes

    @inline(__always)
    init(_ coefficients: UnsafePointer<Float>, channels: Int, from channel: Int, count: Int) {
        let first = coefficients + channel
        mean = first.lanesInPieces(at: 0, before: count)
        factor = first.lanesInPieces(at: channels, before: channels + count)
        offset = first.lanesInPieces(at: 2 * channels, before: 2 * channels + count)
    }

    @inline(__always)
    func normalized(_ x: Lanes) -> Lanes { offset.adding(x - mean, times: factor) }
}

/// Adds [Σ dy][Σ dy · (x − mean)] of a group's rows to `sums`.
package func addNormalizationSums(
    rows: Int, channels: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, moments: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
) {
    forEachCachedBlock(rows: rows, columns: channels) { block in
        NormalizationWork(x: x, dy: dy, means: moments, plain: sums, weighted: sums + channels)
            .run(rows: block, of: rows, columns: channels)
    }
}

private struct NormalizationWork: ColumnWork {
    let x, dy, means: UnsafePointer<Float>
    let plain, weighted: UnsafeMutablePointer<Float>

    func work<Strip: ColumnStrip>(on columns: Columns<Strip>) {
        let mean = columns.strip(of: means)
        var sum = Strip()
        var weightedSum = Strip()
        for row in columns.rows {
            let g = columns.row(row, of: dy)
            let distance = columns.row(row, of: x).map(mean) { $0 - $1 }
            sum.add(g)
            weightedSum = weightedSum.map(g, distance) { $0.adding($1, times: $2) }
        }
        columns.update(plain) { $0.map(sum) { $0 + $1 } }
        columns.update(weighted) { $0.map(weightedSum) { $0 + $1 } }
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

/// dx = a · dy + b · (x − mean) + c; dx may be dy or x. If x is the result of a ReLU, the gradient of its argument, which is
/// zero where x is.
package func normalizeGradient(
    rows: Int, channels: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>, coefficients: UnsafePointer<Float>,
    isRectified: Bool, dx: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let base = row * channels
        forEachVector(channels) { channel, count in
            let rule = NormalizationGradientLanes(coefficients, channels: channels, from: channel, count: count)
            let x = (x + base + channel).lanes(count: count)
            let result = rule.gradient(x, (dy + base + channel).lanes(count: count))
            (dx + base + channel).store(isRectified ? result.gated(byReLU: x) : result, count: count)
        }
    }
}

/// The coefficients of some channels' input gradient.
struct NormalizationGradientLanes {
    private let mean, a, b, c: Lanes

    @inline(__always)
    init(_ coefficients: UnsafePointer<Float>, channels: Int, from channel: Int, count: Int) {
        let first = coefficients + channel
        mean = first.lanes(count: count)
        a = (first + channels).lanes(count: count)
        b = (first + 2 * channels).lanes(count: count)
        c = (first + 3 * channels).lanes(count: count)
    }

    @inline(__always)
    func gradient(_ x: Lanes, _ dy: Lanes) -> Lanes { c.adding(x - mean, times: b).adding(dy, times: a) }
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
