import Tensors
import Testing

@Suite struct InitializerTests {
    private func draws(_ initializer: Initializer, _ shape: Shape, seed: UInt64 = 1) throws -> [Double] {
        let memory = try FloatMemory(count: shape.count)
        initializer.fill(shape, from: RandomSource(seed: seed, purpose: "test"), into: memory, at: 0)
        return memory.values().map(Double.init)
    }

    /// Glorot and Bengio's, He's and LeCun's formulas for a kernel of 3 × 3 from 32 to 64 channels.
    @Test(
        arguments: [
            (1, .average, 2 / (9.0 * 96)), (2, .incoming, 2 / (9.0 * 32)), (1, .incoming, 1 / (9.0 * 32)),
            (2, .outgoing, 2 / (9.0 * 64)),
        ] as [(Float, Initializer.Fan, Double)])
    func `scaled distributions have the variance of their formula`(
        scale: Float, fan: Initializer.Fan, variance: Double
    ) throws {
        for distribution in Initializer.Distribution.allCases {
            let values = try draws(
                .varianceScaling(scale: scale, fan: fan, distribution: distribution), Shape(3, 3, 32, 64))
            let mean = values.reduce(0, +) / Double(values.count)
            let measured = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
            #expect(abs(mean) < 4 * (variance / Double(values.count)).squareRoot())
            #expect(abs(measured / variance - 1) < 0.05)
            let largest = values.map(\.magnitude).max() ?? 0
            let limit = variance.squareRoot() * (distribution == .uniform ? 3.0.squareRoot() : 2 / 0.87962566)
            #expect(distribution == .untruncatedNormal ? largest > limit : largest <= limit * (1 + 1e-6))
        }
    }

    @Test func `plain distributions have their limits, means and deviations`() throws {
        #expect(try draws(.constant(0.25), Shape(3)) == [0.25, 0.25, 0.25])
        let uniform = try draws(.uniform(-1, 3), Shape(100, 100))
        #expect(uniform.allSatisfy { -1 <= $0 && $0 <= 3 } && uniform.min()! < -0.99 && uniform.max()! > 2.99)
        let normal = try draws(.normal(mean: 1, deviation: 0.5, truncated: true), Shape(100, 100))
        #expect(normal.allSatisfy { 0 <= $0 && $0 <= 2 } && normal.min()! < 0.1 && normal.max()! > 1.9)
    }

    @Test func `the numbers of a parameter depend on its name and the seed alone`() throws {
        let a = Parameter(name: "a", shape: Shape(4, 5), initializer: .glorotUniform)
        let b = Parameter(name: "b", shape: Shape(4, 5), initializer: .glorotUniform)
        let alone = try Parameters([a])
        let both = try Parameters([b, a])
        alone.initialize(seed: 3)
        both.initialize(seed: 3)
        #expect(alone.values(of: a) == both.values(of: a))
        #expect(both.values(of: a) != both.values(of: b))
        both.initialize(seed: 4)
        #expect(alone.values(of: a) != both.values(of: a))
    }
}
