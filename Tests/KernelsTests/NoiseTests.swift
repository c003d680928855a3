import TestSupport
import Testing

@testable import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct NoiseTests {
    private func noise(_ count: Int, first: Int = 0, key: UInt64 = 1) -> [Float] {
        let zeros = [Float](repeating: 0, count: count)
        var y = zeros
        addNoise(count: count, first: first, deviation: 1, key: key, x: zeros, y: &y)
        return y
    }

    @Test(arguments: [0, 1, 7, UInt64.max])
    func `noise has the moments and the tails of the normal distribution`(key: UInt64) {
        let count = 1_000_000
        let values = noise(count, key: key)
        // Four standard deviations of each mean.
        #expect(moment(1, of: values).magnitude < 4e-3)
        #expect((moment(2, of: values) - 1).magnitude < 4e-3 * 2.0.squareRoot())
        #expect(moment(3, of: values).magnitude < 4e-3 * 15.0.squareRoot())
        #expect((moment(4, of: values) - 3).magnitude < 4e-3 * 96.0.squareRoot())
        for bound in [0.5, 1, 2, 3, 4] {
            let expected = Double(count) * erfc(bound / 2.0.squareRoot())
            let found = Double(countOfMagnitudes(above: Float(bound), in: values))
            #expect((found - expected).magnitude < 4 * expected.squareRoot())
        }
        #expect(largestMagnitude(values) < 6)
    }

    @Test func `neighbours and other keys are independent`() {
        let base = noise(100_000, key: 12)
        for distance in [1, 2, 16, 28, 64, 784] {
            #expect(meanProduct(base, Array(base.dropFirst(distance))).magnitude < 0.015)
        }
        for bit in 0..<64 { #expect(meanProduct(base, noise(100_000, key: 12 ^ (1 << bit))).magnitude < 0.015) }
    }

    @Test(arguments: [0, 1, 5, 16, 17, 9_990])
    func `the same place has the same noise, wherever a group begins`(start: Int) {
        #expect(noise(10_000 - start, first: start) == Array(noise(10_000)[start...]))
    }

    @Test func `noise is added, or multiplies, by its deviation, in place too, and touches only its own floats`() {
        for count in ElementwiseTests.counts {
            var random = Noise("noise")
            let x = random.floats(count)
            let standard = noise(count)
            for wall in Wall.allCases {
                let y = GuardedFloats(x, wall)
                addNoise(count: count, first: 0, deviation: 0.25, key: 1, x: y.readOnly, y: y.base)
                #expect(firstDifference(y.values, zip(x, standard).map { $0.adding($1, times: 0.25) }) == nil)
                let z = GuardedFloats(x, wall)
                multiplyByNoise(count: count, first: 0, deviation: 0.5, key: 1, x: z.readOnly, y: z.base)
                let factors = standard.map { Float(1).adding($0, times: 0.5) }
                #expect(firstDifference(z.values, zip(x, factors).map(*)) == nil)
            }
        }
    }

    @Test func `the inverse of the error function is exact to a millionth, up to its last argument`() {
        let last = (Float(1) - 0x1p-24)
        for start in stride(from: -last, through: last, by: 0.0137) {
            var arguments = Lanes(repeating: start)
            arguments[0] = last
            arguments[1] = -last
            arguments[2] = 0x1p-24
            arguments[3] = min(start + 0.0001, last)
            let results = inverseErrorFunction(arguments)
            for lane in 0..<4 {
                let (x, y) = (Double(arguments[lane]), Double(results[lane]))
                // One of Newton's steps from a good approximation finds how far it was off.
                let error = x < 0 ? erfc(-y) - (1 + x) : (1 - x) - erfc(y)
                let step = error / (2 / Double.pi.squareRoot() * exp(-y * y))
                #expect(step.magnitude <= 1e-6 * y.magnitude, "at \(x)")
            }
        }
    }

    @Test(arguments: [1, 3, 15, 16, 17, 33, 64], [1, 5])
    func `whole channels are dropped, each image's by itself, as elements would be`(channels: Int, pixels: Int) {
        let images = 7
        let ones = [Float](repeating: 1, count: images * channels)
        var fates = ones
        dropElements(count: ones.count, first: 3 * channels, rate: 0.4, key: 5, x: ones, y: &fates)
        var random = Noise("channels")
        let x = random.floats(images * pixels * channels)
        let expected = x.indices.map { index in
            let fate = fates[index / (pixels * channels) * channels + index % channels]
            return fate == 0 ? 0 : x[index] * (1 / (1 - Float(0.4)))
        }
        for wall in Wall.allCases {
            let y = GuardedFloats(x, wall)
            dropChannels(
                images: images, firstImage: 3, pixels: pixels, channels: channels, rate: 0.4, key: 5, x: y.readOnly,
                y: y.base)
            #expect(firstDifference(y.values, expected) == nil)
        }
    }
}
