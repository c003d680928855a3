import Kernels
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct PerplexityTests {
    private func probabilities(_ distances: [Float], perplexity: Float) -> [Float] {
        let padding = [Float](repeating: 0, count: 16)
        let row = Buffer(distances + padding)
        neighbourProbabilities(row.base, count: distances.count, logPerplexity: logarithm(perplexity))
        return Array(row.values.prefix(distances.count))
    }

    @Test(arguments: [(1e-6, 5), (1e-3, 2), (1, 30), (1, 5), (1e4, 30), (1e9, 12.5)] as [(Float, Float)])
    func `neighbours have the perplexity that was asked for, whatever the scale`(scale: Float, perplexity: Float) {
        var noise = Noise("distances")
        let distances = noise.floats(91, in: 0...1).sorted().map { (1 + $0) * scale }
        let found = probabilities(distances, perplexity: perplexity).map(Double.init)
        #expect(abs(found.reduce(0, +) - 1) < 1e-5)
        #expect(found == found.sorted(by: >))
        let entropy = found.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
        #expect(abs(exp(entropy) / Double(perplexity) - 1) < 1e-4)
    }

    @Test func `neighbours at one distance are equally probable`() {
        #expect(probabilities([0, 0, 0, 0], perplexity: 2) == [0.25, 0.25, 0.25, 0.25])
        #expect(probabilities([7, 7], perplexity: 1.5) == [0.5, 0.5])
    }
}
