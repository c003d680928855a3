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

/// An activation, and what it is by definition.
struct PointwiseCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let function: any Pointwise
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double

    private static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
    private static func distribution(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
    private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    private static func elu(_ name: String, alpha: Double, scale: Double) -> PointwiseCase {
        PointwiseCase(
            testDescription: name, function: ExponentialLinear(alpha: Float(alpha), scale: Float(scale)),
            value: { scale * ($0 < 0 ? alpha * expm1($0) : $0) }, slope: { scale * ($0 < 0 ? alpha * exp($0) : 1) })
    }

    private static func hardSigmoid(_ x: Double) -> Double { min(max(x + 3, 0), 6) / 6 }

    static let all = [
        PointwiseCase(
            testDescription: "relu6", function: BoundedReLU(maximum: 6), value: { min(max($0, 0), 6) },
            slope: { 0 < $0 && $0 < 6 ? 1 : 0 }),
        PointwiseCase(
            testDescription: "relu with a threshold", function: BoundedReLU(threshold: 1.5),
            value: { $0 > 1.5 ? $0 : 0 }, slope: { $0 > 1.5 ? 1 : 0 }),
        PointwiseCase(
            testDescription: "relu with everything",
            function: BoundedReLU(maximum: 4, slope: 0.25, threshold: 1.5),
            value: { $0 > 1.5 ? min($0, 4) : 0.25 * ($0 - 1.5) }, slope: { $0 > 4 ? 0 : $0 > 1.5 ? 1 : 0.25 }),
        PointwiseCase(
            testDescription: "hard_sigmoid", function: HardSigmoid(), value: { hardSigmoid($0) },
            slope: { $0.magnitude < 3 ? 1 / 6 : 0 }),
        PointwiseCase(
            testDescription: "hard_swish", function: HardSwish(), value: { $0 * hardSigmoid($0) },
            slope: { $0 >= 3 ? 1 : $0 <= -3 ? 0 : (2 * $0 + 3) / 6 }),
        PointwiseCase(
            testDescription: "mish", function: Mish(), value: { $0 * tanh(log1p(exp($0))) },
            slope: {
                let soft = tanh($0 > 100 ? $0 : log1p(exp($0)))
                return soft + $0 * (1 - soft * soft) * sigmoid($0)
            }),
        PointwiseCase(
            testDescription: "softsign", function: Softsign(), value: { $0 / (1 + $0.magnitude) },
            slope: { 1 / (1 + $0.magnitude) / (1 + $0.magnitude) }),
        PointwiseCase(
            testDescription: "relu", function: ReLU(), value: { max($0, 0) }, slope: { $0 > 0 ? 1 : 0 }),
        PointwiseCase(
            testDescription: "leaky_relu", function: LeakyReLUFunction(slope: 0.2),
            value: { $0 < 0 ? 0.2 * $0 : $0 }, slope: { $0 > 0 ? 1 : 0.2 }),
        PointwiseCase(
            testDescription: "sigmoid", function: Sigmoid(), value: { sigmoid($0) },
            slope: { sigmoid($0) * sigmoid(-$0) }),
        PointwiseCase(
            testDescription: "tanh", function: Tanh(), value: { tanh($0) }, slope: { 1 / (cosh($0) * cosh($0)) }),
        elu("elu", alpha: 1, scale: 1),
        elu("elu with alpha 0.5", alpha: 0.5, scale: 1),
        elu("selu", alpha: 1.673_263_242_354_377_2, scale: 1.050_700_987_355_480_5),
        PointwiseCase(
            testDescription: "gelu", function: GELU(), value: { $0 * distribution($0) },
            slope: { distribution($0) + $0 * density($0) }),
        PointwiseCase(
            testDescription: "silu", function: SiLU(), value: { $0 * sigmoid($0) },
            slope: { sigmoid($0) * (1 + $0 * sigmoid(-$0)) }),
        PointwiseCase(
            testDescription: "softplus", function: Softplus(), value: { log1p(exp(-abs($0))) + max($0, 0) },
            slope: { sigmoid($0) }),
    ]
}

@Suite struct PointwiseTests {
    private static let arguments =
        stride(from: -30, through: 30, by: 0.037).map { Float($0) } + [0, -0.0, 1e-20, -1e-20]

    /// Distance from the truth, in parts of the truth where it is larger than one.
    private func error(_ results: [Float], _ truth: [Double]) -> Double {
        zip(results, truth).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? .infinity
    }

    @Test(arguments: PointwiseCase.all)
    func `values and slopes are those of the definition`(_ example: PointwiseCase) {
        let x = Self.arguments
        let count = x.count
        var y = [Float](repeating: .nan, count: count)
        example.function.apply(count: count, x: x, y: &y)
        #expect(error(y, x.map { example.value(Double($0)) }) < 3e-7)

        var dx = y
        let ones = [Float](repeating: -2, count: count)
        example.function.gradient(count: count, z: example.function.gradientReadsInput ? x : y, dy: ones, dx: &dx)
        #expect(error(dx, x.map { -2 * example.slope(Double($0)) }) < 1e-6)
    }

    @Test(arguments: PointwiseCase.all)
    func `any count gives the same numbers, in place too, without touching others`(_ example: PointwiseCase) {
        var noise = Noise(example.testDescription)
        for count in [1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100] {
            let x = noise.floats(count, in: -5...5)
            let dy = noise.floats(count)
            var y = x
            var dx = x
            for index in 0..<count {
                example.function.apply(count: 1, x: [x[index]], y: &y[index])
                let z = example.function.gradientReadsInput ? x[index] : y[index]
                example.function.gradient(count: 1, z: [z], dy: [dy[index]], dx: &dx[index])
            }
            let z = example.function.gradientReadsInput ? x : y
            for wall in Wall.allCases {
                let inPlace = GuardedFloats(x, wall)
                example.function.apply(count: count, x: inPlace.readOnly, y: inPlace.base)
                #expect(firstDifference(inPlace.values, y) == nil)

                let known = GuardedFloats(z, wall)
                let gradient = GuardedFloats(dy, wall)
                let result = GuardedFloats(count: count, wall)
                example.function.gradient(count: count, z: known.readOnly, dy: gradient.readOnly, dx: result.base)
                #expect(firstDifference(result.values, dx) == nil)
                for (other, target) in [(gradient, known), (known, gradient)] {
                    let copy = GuardedFloats(target === known ? z : dy, wall)
                    example.function.gradient(
                        count: count, z: target === known ? copy.readOnly : other.readOnly,
                        dy: target === known ? other.readOnly : copy.readOnly, dx: copy.base)
                    #expect(firstDifference(copy.values, dx) == nil)
                }
            }
        }
    }

    @Test(arguments: PointwiseCase.all)
    func `a NaN stays one, forward and backward`(_ example: PointwiseCase) {
        var y: [Float] = [0]
        example.function.apply(count: 1, x: [.nan], y: &y)
        #expect(y[0].isNaN)
        example.function.gradient(count: 1, z: [1], dy: [.nan], dx: &y)
        #expect(y[0].isNaN)
    }

    @Test(arguments: PointwiseCase.all)
    func `arguments far out meet their limits`(_ example: PointwiseCase) {
        let x: [Float] = [-1000, -90, 90, 1000, .infinity]
        var y = x
        example.function.apply(count: x.count, x: x, y: &y)
        #expect(error(y.dropLast(), x.dropLast().map { example.value(Double($0)) }) < 3e-7)
        #expect(y[4] == Float(example.value(1e30)) || y[4] == .infinity)
        var dx = x
        example.function.gradient(
            count: x.count, z: example.function.gradientReadsInput ? x : y, dy: [1, 1, 1, 1, 1], dx: &dx)
        #expect(error(dx.dropLast(), x.dropLast().map { example.slope(Double($0)) }) < 1e-6)
    }
}
