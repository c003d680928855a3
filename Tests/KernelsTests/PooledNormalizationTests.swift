import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct PooledNormalizationTests {
    private static let disjoint = PoolingCase.all.filter {
        $0.shape.vertical.areDisjoint && $0.shape.horizontal.areDisjoint
    }

    /// Images, what normalizes them, gradients, and what the separate kernels make of all that.
    private struct Example {
        let pool: PoolingCase
        let x, dy, moments, coefficients, gradientCoefficients: [Float]
        let maxima, winners: [Float]
        /// Gradients of the maxima, of those that have a winner.
        let gated: [Float]
        /// The same, one for every value of the images.
        let unpooled: [Float]

        init(_ pool: PoolingCase, rectifies: Bool) {
            self.pool = pool
            let shape = pool.shape
            var noise = Noise(pool.testDescription)
            // A ReLU was before them, so that zeros tie.
            x = noise.floats(pool.images * shape.inputCount, in: -1...2).map { max($0, 0) }
            dy = noise.floats(pool.images * shape.outputCount)
            moments = noise.floats(2 * shape.channels, in: 0.2...0.8)
            coefficients = noise.floats(3 * shape.channels, in: -1...1)
            gradientCoefficients = noise.floats(4 * shape.channels, in: -1...1)
            var y = x
            normalize(
                rows: x.count / shape.channels, channels: shape.channels, x: x, coefficients: coefficients, y: &y)
            (maxima, winners) = Reference.maxPool(shape, images: pool.images, x: y, rectifies: rectifies)
            gated = zip(dy, winners).map { $1.bitPattern == .max ? 0 : $0 }
            unpooled = Reference.maxPoolGradient(shape, images: pool.images, winners: winners, dy: dy)
        }

        var shape: PoolingShape { pool.shape }
    }

    @Test(arguments: disjoint, [false, true])
    func `maxima and winners are those of a normalization with a pool behind it, bit for bit`(
        _ pool: PoolingCase, rectifies: Bool
    ) {
        let example = Example(pool, rectifies: rectifies)
        for wall in Wall.allCases {
            let images = GuardedFloats(example.x, wall)
            let coefficients = GuardedFloats(example.coefficients, wall)
            let y = GuardedFloats(count: example.maxima.count, wall)
            let winners = GuardedFloats(count: example.maxima.count, wall)
            maxPoolNormalized(
                example.shape, images: pool.images, x: images.readOnly, coefficients: coefficients.readOnly,
                rectifies: rectifies, y: y.base, winners: winners.base)
            #expect(firstDifference(y.values, example.maxima) == nil)
            #expect(winners.values?.map(\.bitPattern) == example.winners.map(\.bitPattern))
        }
    }

    @Test(arguments: disjoint, [false, true])
    func `gradients are those of a pool with a normalization before it, bit for bit`(
        _ pool: PoolingCase, isRectified: Bool
    ) {
        let example = Example(pool, rectifies: true)
        var expected = example.x
        normalizeGradient(
            rows: example.x.count / pool.channels, channels: pool.channels, x: example.x, dy: example.unpooled,
            coefficients: example.gradientCoefficients, isRectified: isRectified, dx: &expected)
        for wall in Wall.allCases {
            let images = GuardedFloats(example.x, wall)
            let gated = GuardedFloats(example.gated, wall)
            let winners = GuardedFloats(example.winners, wall)
            let coefficients = GuardedFloats(example.gradientCoefficients, wall)
            let dx = GuardedFloats(count: example.x.count, wall)
            pooledNormalizeGradient(
                example.shape, images: pool.images, x: images.readOnly, dy: gated.readOnly, winners: winners.readOnly,
                coefficients: coefficients.readOnly, isRectified: isRectified, dx: dx.base)
            #expect(firstDifference(dx.values, expected) == nil)
        }
    }

    @Test(arguments: disjoint, Wall.allCases)
    func `sums over windows are the sums over all pixels`(_ pool: PoolingCase, wall: Wall) {
        let example = Example(pool, rectifies: true)
        let channels = pool.channels
        var expected = [Double](repeating: 0, count: 2 * channels)
        for (index, g) in example.unpooled.enumerated() {
            let channel = index % channels
            expected[channel] += Double(g)
            expected[channels + channel] += Double(g) * (Double(example.x[index]) - Double(example.moments[channel]))
        }
        let images = GuardedFloats(example.x, wall)
        let gated = GuardedFloats(example.gated, wall)
        let winners = GuardedFloats(example.winners, wall)
        let moments = GuardedFloats(example.moments, wall)
        let scratch = GuardedFloats(count: pooledNormalizationScratch(example.shape), wall)
        // What was there before is added to.
        let sums = GuardedFloats(count: 2 * channels, of: 0.5, wall)
        addPooledNormalizationSums(
            example.shape, images: pool.images, x: images.readOnly, dy: gated.readOnly, winners: winners.readOnly,
            moments: moments.readOnly, sums: sums.base, scratch: scratch.base)
        #expect(relativeError(sums.values, expected.map { $0 + 0.5 }) < 1e-6)
        #expect(scratch.values != nil)
    }

    @Test(arguments: 1...9, [false, true])
    func `the parts of disjoint windows cover an axis in order`(size: Int, same: Bool) {
        for window in 1...size {
            for stride in window...size + 1 {
                let windows = Windows(size: size, window: window, stride: stride, same: same)!
                guard windows.areDisjoint else { continue }
                var owners = [Int?](repeating: -1, count: size)
                var next = 0
                windows.forEachPart { positions, index in
                    #expect(positions.lowerBound == next)
                    next = positions.upperBound
                    for position in positions { owners[position] = index }
                }
                #expect(next == size)
                let expected = (0..<size).map { position in
                    (0..<windows.count).first { windows.range($0).contains(position) }
                }
                #expect(owners == expected)
            }
        }
    }
}
