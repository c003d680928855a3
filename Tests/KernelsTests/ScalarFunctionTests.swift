import Foundation
import Kernels
import Testing

@Suite struct ScalarFunctionTests {
    @Test func `powers are those of the C library`() {
        for base in [1e-300, 0.001, 0.5, 0.96, 1, 1.5, 10, 1e300] {
            for exponent in [0, 0.1, 0.5, 1, 2.25, 17.5, 1000, 1e9] {
                let expected = pow(base, exponent)
                let ours = power(base, exponent)
                #expect(ours == expected || abs(ours - expected) <= 1e-12 * expected + .leastNormalMagnitude)
            }
        }
        for exponent in [0, 1, 2, 7, 1000, 123_456] {
            let expected = pow(0.999, Double(exponent))
            #expect(abs(power(0.999, exponent) - expected) <= 1e-11 * expected)
        }
    }

    @Test func `cosines are those of the C library`() {
        for part in 0...1000 {
            let halfTurns = Double(part) / 1000
            #expect(abs(cosine(halfTurns: halfTurns) - cos(halfTurns * .pi)) < 1e-15)
        }
    }

    @Test func `sines and cosines are exact for quarter turns and right for all others`() {
        for (turns, sine, cosine) in [(0.0, 0.0, 1.0), (0.25, 1, 0), (-0.25, -1, 0), (0.5, 0, -1), (1, 0, 1)] {
            let result = sineAndCosine(turns: turns)
            #expect(result.sine == sine && result.cosine == cosine)
        }
        for step in -1000...1000 {
            let turns = Double(step) / 997
            let result = sineAndCosine(turns: turns)
            #expect(abs(result.sine - sin(turns * 2 * .pi)) < 1e-15)
            #expect(abs(result.cosine - cos(turns * 2 * .pi)) < 1e-15)
        }
    }

    @Test func `logarithms are those of the C library`() {
        for x in [1e-300, 0x1p-54, 0.1, 0.999, 1, 1.414_2, 1.414_3, 2, 17.5, 1e300] {
            #expect(abs(naturalLogarithm(x) - log(x)) <= 1e-12 * max(1, abs(log(x))))
        }
        for x in [-700, -1.5, 0, 0.5, 1, 20, 700] { #expect(abs(exponential(x) - exp(x)) <= 1e-12 * exp(x)) }
    }
}
