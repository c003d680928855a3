import Kernels
import TestSupport
import Testing

/// What a normalization and an activation make of sums, one after the other.
func withEpilogue(_ sums: [Float], channels: Int, coefficients: [Float], _ function: any Pointwise) -> [Float] {
    var y = sums
    y.withUnsafeMutableBufferPointer { y in
        guard let base = y.baseAddress else { return }
        normalize(rows: y.count / channels, channels: channels, x: base, coefficients: coefficients, y: base)
        function.apply(count: y.count, x: base, y: base)
    }
    return y
}

@Suite struct EpilogueTests {
    private static let functions: [any Pointwise] = [ReLU(), BoundedReLU(maximum: 6), BoundedReLU()]
    private static let special: [Float] = [
        -0.0, 0, .nan, .infinity, -.infinity, 6, Float(6).nextUp, -.leastNormalMagnitude, .leastNormalMagnitude,
        .greatestFiniteMagnitude,
    ]

    @Test(arguments: 0..<3, [1, 5, 8, 17, 33])
    func `rows behind an epilogue have the bits of a normalization and an activation`(function: Int, channels: Int) {
        var noise = Noise("epilogue \(channels)")
        let function = Self.functions[function]
        let sums = (0..<7 * channels).map { $0 % 3 == 0 ? Self.special[$0 % 10] : noise.floats(1)[0] * 20 }
        let coefficients = noise.floats(3 * channels)
        let expected = withEpilogue(sums, channels: channels, coefficients: coefficients, function)
        for wall in Wall.allCases {
            let y = GuardedFloats(sums, wall)
            let rules = GuardedFloats(coefficients, wall)
            Epilogue(coefficients: rules.readOnly, bounds: ReLUBounds(function)!)
                .apply(to: y.base, rows: 7, channels: channels, columns: channels)
            #expect(firstDifference(y.values, expected) == nil)
        }
    }

    @Test(arguments: 0..<3)
    func `without a normalization only the activation changes numbers`(function: Int) {
        let function = Self.functions[function]
        var expected = Self.special
        expected.withUnsafeMutableBufferPointer {
            function.apply(count: $0.count, x: $0.baseAddress!, y: $0.baseAddress!)
        }
        let y = GuardedFloats(Self.special, .after)
        Epilogue(bounds: ReLUBounds(function)!).apply(to: y.base, rows: 2, channels: 5, columns: 5)
        #expect(firstDifference(y.values, expected) == nil)
    }

    @Test func `activations that are more than a ReLU with a maximum have no bounds`() {
        #expect(ReLUBounds(Tanh()) == nil)
        #expect(ReLUBounds(BoundedReLU(slope: 0.1)) == nil)
        #expect(ReLUBounds(BoundedReLU(threshold: 1)) == nil)
    }

    @Test func `a bounded ReLU of minus infinity is zero`() {
        var y = [-Float.infinity, .infinity]
        y.withUnsafeMutableBufferPointer {
            BoundedReLU(maximum: 6).apply(count: 2, x: $0.baseAddress!, y: $0.baseAddress!)
        }
        #expect(y == [0, 6])
    }
}
