import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct LayerNormalizationTests {
    @Test(arguments: [1, 2, 5, 15, 16, 17, 31, 33, 64, 100], [1, 4])
    func `rows are normalized by their own statistics, in place too`(count: Int, rows: Int) {
        let images = 3
        var noise = Noise("layer normalization \(count)")
        let x = noise.floats(images * rows * count, in: -1...3)
        let dy = noise.floats(x.count)
        let gamma = noise.floats(count, in: 0.5...1.5)
        let beta = noise.floats(count)
        let before = noise.floats(count)
        let one = Array(repeating: Float(1), count: count)
        let all = images * rows
        let epsilon = 1e-3
        var (y, dx) = ([Double](), [Double]())
        var scale = before.map(Double.init)
        for row in 0..<all {
            let range = row * count..<(row + 1) * count
            let normalized = Reference.normalize(
                channels: 1, epsilon: epsilon, x: Array(x[range]), gamma: [1], beta: [0])
            y += normalized.enumerated().map { $1 * Double(gamma[$0]) + Double(beta[$0]) }
            let g = zip(dy[range], gamma).map(*)
            dx +=
                Reference.normalizationGradients(
                    channels: 1, epsilon: epsilon, x: Array(x[range]), dy: g, gamma: [1]
                ).dx
            for (index, value) in normalized.enumerated() {
                scale[index] += value * Double(dy[range][range.lowerBound + index])
            }
        }
        for wall in Wall.allCases {
            let values = GuardedFloats(x, wall)
            let (factors, offsets) = (GuardedFloats(gamma, wall), GuardedFloats(beta, wall))
            normalizeRows(
                rows: all, count: count, epsilon: Float(epsilon), x: values.readOnly, gamma: factors.readOnly,
                beta: offsets.readOnly, y: values.base)
            #expect(relativeError(values.values, y) < 3e-6)

            let arguments = GuardedFloats(x, wall)
            let upstream = GuardedFloats(dy, wall)
            let sums = GuardedFloats(before, wall)
            let scratch = GuardedFloats(count: count, wall)
            addRowScaleGradient(
                images: images, rows: rows, count: count, epsilon: Float(epsilon), x: arguments.readOnly,
                dy: upstream.readOnly, sums: sums.base, scratch: scratch.base)
            #expect(relativeError(sums.values, scale) < 3e-6)
            #expect(scratch.values != nil)

            normalizeRowsGradient(
                rows: all, count: count, epsilon: Float(epsilon), x: arguments.readOnly, dy: upstream.readOnly,
                gamma: factors.readOnly, dx: upstream.base)
            if count > 2 {
                #expect(relativeError(upstream.values, dx) < 3e-6)
            } else {
                // Of one or two numbers nothing, or nearly nothing, is left but rounding errors.
                #expect(zip(upstream.values ?? [], dx).allSatisfy { (Double($0) - $1).magnitude < 1e-4 })
            }
        }
        var (plain, scaled) = (x, x)
        normalizeRows(rows: all, count: count, epsilon: 0.1, x: x, gamma: nil, beta: nil, y: &plain)
        normalizeRows(
            rows: all, count: count, epsilon: 0.1, x: x, gamma: one, beta: one.map { _ in 0 }, y: &scaled)
        #expect(plain == scaled)
    }

    @Test(arguments: ElementwiseTests.counts)
    func `a slope for each element, and constants for each`(count: Int) {
        let images = 3
        var noise = Noise("slopes")
        let x = noise.floats(images * count)
        let dy = noise.floats(images * count)
        let (slopes, offsets) = (noise.floats(count), noise.floats(count))
        for wall in Wall.allCases {
            let parameters = GuardedFloats(slopes, wall)
            let y = GuardedFloats(x, wall)
            parametricReLU(images: images, count: count, x: y.readOnly, slopes: parameters.readOnly, y: y.base)
            #expect(
                firstDifference(y.values, x.enumerated().map { $1 < 0 ? $1 * slopes[$0 % count] : $1 }) == nil)
            let dx = GuardedFloats(dy, wall)
            let arguments = GuardedFloats(x, wall)
            parametricReLUGradient(
                images: images, count: count, x: arguments.readOnly, slopes: parameters.readOnly, dy: dx.readOnly,
                dx: dx.base)
            #expect(
                firstDifference(dx.values, dy.enumerated().map { x[$0] <= 0 ? $1 * slopes[$0 % count] : $1 }) == nil)
            let constants = GuardedFloats(offsets, wall)
            normalizeByConstants(
                images: images, count: count, x: arguments.readOnly, before: constants.readOnly,
                factor: parameters.readOnly, after: constants.readOnly, y: arguments.base)
            let expected = x.enumerated().map { index, value in
                offsets[index % count].adding(value - offsets[index % count], times: slopes[index % count])
            }
            #expect(firstDifference(arguments.values, expected) == nil)
        }
    }
}
