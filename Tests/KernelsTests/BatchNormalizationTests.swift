import Kernels
import Oracles
import TestSupport
import Testing

/// A batch whose statistics are put together from groups and shards.
struct NormalizationCase: Sendable, CustomTestStringConvertible {
    let rows, channels: Int
    /// Rows of each group; the groups of a shard one after the other.
    let shards: [[Int]]

    init(_ channels: Int, _ shards: [[Int]]) {
        rows = shards.joined().reduce(0, +)
        self.channels = channels
        self.shards = shards
    }

    var testDescription: String { "\(channels) channels, rows \(shards)" }

    static let all =
        [1, 3, 8, 15, 16, 17, 24, 33, 64, 100].flatMap { channels in
            [
                [[1]], [[2]], [[40]], [[1, 1], [1]], [[7, 5], [3], [20, 20, 1]], [[4, 4], [4, 4], [4, 4], [4, 4]],
            ]
            .map { NormalizationCase(channels, $0) }
            // More rows than are gone through at a time.
        } + [NormalizationCase(100, [[700, 1], [329]]), NormalizationCase(257, [[300]])]

    /// Calls the body for every group with its first row and its shard.
    func forEachGroup(_ body: (_ firstRow: Int, _ rows: Int, _ shard: Int) -> Void) {
        var row = 0
        for (shard, groups) in shards.enumerated() {
            for rows in groups {
                body(row, rows, shard)
                row += rows
            }
        }
    }
}

@Suite struct BatchNormalizationTests {
    /// Mean and variance as the kernels put them together.
    private func moments(_ example: NormalizationCase, _ values: [Float], _ wall: Wall) -> [Float] {
        let stride = momentPartFloats(channels: example.channels) + 5
        let x = GuardedFloats(values, wall)
        let parts = GuardedFloats(count: example.shards.count * stride - 5, of: 0, wall)
        example.forEachGroup { row, rows, shard in
            addMoments(
                rows: rows, channels: example.channels, x: x.readOnly + row * example.channels,
                part: parts.base + shard * stride)
        }
        let result = GuardedFloats(count: 2 * example.channels, wall)
        let half = example.channels / 2
        for range in [half..<example.channels, 0..<half] {
            finishMoments(
                parts: example.shards.count, stride: stride, channels: example.channels, range: range,
                from: parts.readOnly, to: result.base)
        }
        #expect(parts.values != nil)
        return result.values!
    }

    @Test(arguments: NormalizationCase.all, Wall.allCases)
    func `moments put together from parts are those of the whole batch`(_ example: NormalizationCase, wall: Wall) {
        var noise = Noise(example.testDescription)
        let spread = noise.floats(example.rows * example.channels)
        // Far from zero, a sum of squares would lose the variance.
        for offset: Float in [0, 300] {
            let x = spread.map { $0 + offset }
            let result = moments(example, x, wall)
            let truth = Reference.moments(channels: example.channels, x: x)
            #expect(relativeError(Array(result[..<example.channels]), truth.means) < 1e-6)
            let error = zip(result[example.channels...], truth.variances).map { abs(Double($0) - $1) }.max()!
            #expect(error < (offset == 0 ? 5e-7 : 3e-5))
        }
    }

    @Test(arguments: NormalizationCase.all, Wall.allCases)
    func `results and gradients are those of the definition`(_ example: NormalizationCase, wall: Wall) {
        let channels = example.channels
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.rows * channels, in: -1...3)
        let dy = noise.floats(example.rows * channels)
        let gamma = noise.floats(channels, in: 0.5...2)
        let beta = noise.floats(channels)
        let moments = moments(example, x, wall)

        let images = GuardedFloats(x, wall)
        let coefficients = GuardedFloats(count: 3 * channels, wall)
        normalizationCoefficients(
            channels: channels, epsilon: 1e-3, moments: moments, gamma: gamma, beta: beta, to: coefficients.base)
        let y = GuardedFloats(count: x.count, wall)
        normalize(
            rows: example.rows, channels: channels, x: images.readOnly, coefficients: coefficients.readOnly, y: y.base)
        let truth = Reference.normalize(channels: channels, epsilon: 1e-3, x: x, gamma: gamma, beta: beta)
        #expect(relativeError(y.values, truth) < 5e-6)
        let copy = GuardedFloats(x, wall)
        normalize(
            rows: example.rows, channels: channels, x: copy.readOnly, coefficients: coefficients.readOnly, y: copy.base)
        #expect(firstDifference(copy.values, y.values!) == nil)

        let gradient = GuardedFloats(dy, wall)
        let sums = GuardedFloats(count: 2 * channels, of: 0, wall)
        example.forEachGroup { row, rows, _ in
            addNormalizationSums(
                rows: rows, channels: channels, x: images.readOnly + row * channels,
                dy: gradient.readOnly + row * channels, moments: moments, sums: sums.base)
        }
        let wanted = Reference.normalizationGradients(channels: channels, epsilon: 1e-3, x: x, dy: dy, gamma: gamma)
        #expect(relativeError(sums.values!.prefix(channels) + [], wanted.beta) < 1e-6)
        let scale = GuardedFloats(count: channels, wall)
        normalizationScaleGradient(
            channels: channels, epsilon: 1e-3, moments: moments, sums: sums.readOnly, to: scale.base)
        if example.rows > 1 { #expect(relativeError(scale.values, wanted.gamma) < 3e-6) }

        let factors = GuardedFloats(count: 4 * channels, wall)
        normalizationGradientCoefficients(
            channels: channels, epsilon: 1e-3, count: Float(example.rows), moments: moments, gamma: gamma,
            sums: sums.readOnly, to: factors.base)
        for target in [GuardedFloats(count: x.count, wall), gradient] {
            normalizeGradient(
                rows: example.rows, channels: channels, x: images.readOnly, dy: gradient.readOnly,
                coefficients: factors.readOnly, isRectified: false, dx: target.base)
            let error = zip(target.values!, wanted.dx).map { abs(Double($0) - $1) }.max()!
            #expect(error < 1e-4 && (example.rows < 10 || error < 3e-6))
        }
    }

    @Test func `without statistics of the batch, a gradient is only scaled`() {
        var dx: [Float] = [0, 0]
        var coefficients = [Float](repeating: .nan, count: 8)
        normalizationGradientCoefficients(
            channels: 2, epsilon: 0, count: 5, moments: [7, 8, 4, 16], gamma: nil, sums: nil, to: &coefficients)
        normalizeGradient(
            rows: 1, channels: 2, x: [1, 2], dy: [6, 8], coefficients: coefficients, isRectified: false, dx: &dx)
        #expect(dx == [3, 2])
    }

    @Test func `moving averages move by what momentum leaves`() {
        var moving: [Float] = [1, 2]
        movingAverage(count: 2, momentum: 0.75, moving: moving, statistic: [5, -2], to: &moving)
        #expect(moving == [2, 1])
    }
}
