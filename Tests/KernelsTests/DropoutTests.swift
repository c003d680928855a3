import Kernels
import TestSupport
import Testing

@Suite struct DropoutTests {
    private func dropped(_ x: [Float], first: Int = 0, rate: Float, key: UInt64 = 1) -> [Float] {
        var y = x
        dropElements(count: x.count, first: first, rate: rate, key: key, x: x, y: &y)
        return y
    }

    private let ones = [Float](repeating: 1, count: 100_000)

    @Test(arguments: [0.1, 0.25, 0.5, 0.9] as [Float])
    func `as many elements are dropped as the rate says, and the others scaled up`(rate: Float) {
        for key in [0, 1, 2, UInt64.max] {
            let y = dropped(ones, rate: rate, key: key)
            let scale = 1 / (1 - rate)
            #expect(y.allSatisfy { $0 == 0 || $0 == scale })
            // Four standard deviations of a binomial distribution.
            let expected = 100_000 * Double(rate)
            let tolerance = 4 * (expected * (1 - Double(rate))).squareRoot()
            #expect(abs(Double(y.count { $0 == 0 }) - expected) < tolerance)
        }
    }

    @Test func `rate 0 drops nothing and changes nothing`() {
        var noise = Noise("dropout")
        let x = noise.floats(1000)
        #expect(firstDifference(dropped(x, rate: 0), x) == nil)
    }

    @Test(arguments: [0, 1, 5, 16, 17, 99_990])
    func `the same place has the same fate, wherever a group begins`(start: Int) {
        let whole = dropped(ones, rate: 0.5)
        #expect(dropped(Array(ones[start...]), first: start, rate: 0.5) == Array(whole[start...]))
    }

    @Test func `the gradient passes where the value passed`() {
        var noise = Noise("dropout")
        let x = noise.floats(1000, in: 1...2)
        let dy = noise.floats(1000, in: 1...2)
        let passed = dropped(x, first: 70, rate: 0.3, key: 9).map { $0 != 0 }
        #expect(dropped(dy, first: 70, rate: 0.3, key: 9).map { $0 != 0 } == passed)
    }

    @Test func `keys that differ in one bit, and neighbouring places, drop independently`() {
        let ones = Array(ones[..<10_000])
        let base = dropped(ones, rate: 0.5, key: 12)
        for bit in 0..<64 {
            let other = dropped(ones, rate: 0.5, key: 12 ^ (1 << bit))
            let equal = zip(base, other).count { $0 == $1 }
            #expect(abs(equal - 5000) < 250)
        }
        for distance in [1, 2, 16, 28, 64, 784] {
            let equal = zip(base, base.dropFirst(distance)).count { $0 == $1 }
            #expect(abs(equal - (10_000 - distance) / 2) < 250)
        }
    }

    @Test func `a NaN that is dropped is gone, and only its own floats are touched, in place too`() {
        for count in ElementwiseTests.counts {
            let expected = dropped(Array(ones[..<count]), rate: 0.5)
            for wall in Wall.allCases {
                let y = GuardedFloats(count: count, of: .nan, wall)
                dropElements(count: count, first: 0, rate: 0.5, key: 1, x: y.readOnly, y: y.base)
                #expect(firstDifference(y.values, expected.map { $0 == 0 ? 0 : .nan }) == nil)
            }
        }
    }

    @Test func `behind a ReLU the gradient follows from what is zero, in place too`() {
        for count in ElementwiseTests.counts {
            var noise = Noise("rectified dropout")
            let x = noise.floats(count).map { max($0, 0) }
            let dy = noise.floats(count)
            let expected = zip(x, dropped(dy, rate: 0.3)).map { $0 > 0 ? $1 : 0 }
            for wall in Wall.allCases {
                let y = GuardedFloats(dropped(x, rate: 0.3), wall)
                let dx = GuardedFloats(dy, wall)
                rectifiedDropoutGradient(count: count, rate: 0.3, y: y.readOnly, dy: dx.readOnly, dx: dx.base)
                #expect(firstDifference(dx.values, expected) == nil)
            }
        }
    }
}
