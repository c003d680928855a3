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

/// An elementary function of Math.swift, and the truth about it.
struct ElementaryFunction: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let approximation: @Sendable (Lanes) -> Lanes
    let truth: @Sendable (Double) -> Double
    /// Where it is used.
    let range: ClosedRange<Float>
    /// Results below 2 to this power need only be as near as those above: on the way to them, the numbers that threads
    /// treat as zero are met.
    var floor = -100

    func callAsFunction(_ x: [Float]) -> [Float] {
        stride(from: 0, to: x.count, by: laneCount).flatMap { start in
            var lanes = Lanes.zero
            let end = min(start + laneCount, x.count)
            for index in start..<end { lanes[index - start] = x[index] }
            let result = approximation(lanes)
            return (0..<end - start).map { result[$0] }
        }
    }

    static let all = [
        ElementaryFunction(
            testDescription: "exp", approximation: { exponential($0) }, truth: { exp($0) },
            range: -87.3...88.722_83, floor: -126),
        ElementaryFunction(
            testDescription: "expm1", approximation: { exponentialMinusOne($0) }, truth: { expm1($0) },
            range: -100...0),
        ElementaryFunction(
            testDescription: "log", approximation: { logarithm($0) }, truth: { log($0) },
            range: .leastNormalMagnitude ... .greatestFiniteMagnitude),
        ElementaryFunction(
            testDescription: "log1p", approximation: { logarithmOfOnePlus($0) }, truth: { log1p($0) },
            range: 0...1),
        ElementaryFunction(
            testDescription: "tanh", approximation: { hyperbolicTangent($0) }, truth: { tanh($0) },
            range: -100...100),
        ElementaryFunction(
            testDescription: "erf", approximation: { errorFunction($0) }, truth: { erf($0) },
            range: -100...100),
    ]
}

@Suite struct ElementaryFunctionTests {
    @Test(arguments: ElementaryFunction.all)
    func `the error stays within its bound over the whole range`(_ function: ElementaryFunction) {
        let arguments = sweep(function.range, every: 9_973).filter { $0.isZero || $0.isNormal }
        flushDenormals()
        let error = UlpError(at: arguments, floor: function.floor, { function($0) }, function.truth)
        #expect(error.ulps <= 1.5, "\(error)")
    }

    @Test(arguments: ElementaryFunction.all)
    func `a NaN stays one`(_ function: ElementaryFunction) {
        #expect(function([.nan])[0].isNaN)
    }

    @Test func `the ends of the exponential are zero and infinity, and steps between them never go down`() {
        let exponential = ElementaryFunction.all[0]
        let x: [Float] = [-.infinity, -1e30, -87.4, 88.73, 1e30, .infinity]
        #expect(exponential(x) == [0, 0, 0, .infinity, .infinity, .infinity])
        let rising = exponential(sweep(-90...89, every: 99_991))
        #expect(zip(rising, rising.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `tanh, erf and expm1 end at one`() {
        let x: [Float] = [-.infinity, -1e30, -20]
        for function in ElementaryFunction.all where ["tanh", "erf", "expm1"].contains(function.testDescription) {
            #expect(function(x) == [-1, -1, -1])
        }
        #expect(ElementaryFunction.all[4]([20, 1e30, .infinity]) == [1, 1, 1])
        #expect(ElementaryFunction.all[5]([20, 1e30, .infinity]) == [1, 1, 1])
    }
}
