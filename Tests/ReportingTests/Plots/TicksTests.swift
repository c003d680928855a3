import Testing

@testable import Reporting

@Suite struct TicksTests {
    @Test(
        arguments: [
            (0...1, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (0.88...0.993, 7, ["0.88", "0.90", "0.92", "0.94", "0.96", "0.98"]),
            (0...14, 8, ["0", "2", "4", "6", "8", "10", "12", "14"]),
            (0...1, 3, ["0.0", "0.5", "1.0"]),
            (-3...3, 4, ["−2", "0", "2"]),
            (0...60_000, 5, ["0", "20,000", "40,000", "60,000"]),
            (0...3e9, 4, ["0", "1e9", "2e9", "3e9"]),
            (1e-9...3e-9, 4, ["1e−9", "2e−9", "3e−9"]),
            (0.1...0.3, 3, ["0.1", "0.2", "0.3"]),
            (2.30258505...2.30258545, 5, ["2.3025851", "2.3025852", "2.3025853", "2.3025854"]),
            (99_999_999...100_000_001, 3, ["99999999", "100000000", "100000001"]),
            (-2e-9...2e-9, 5, ["−2e−9", "−1e−9", "0", "1e−9", "2e−9"]),
        ] as [(ClosedRange<Double>, Int, [String])])
    func `steps are one, two or five times a power of ten`(range: ClosedRange<Double>, count: Int, labels: [String]) {
        #expect(Ticks.linear(range, atMost: count).map(\.label) == labels)
    }

    @Test func `epochs are marked by whole numbers only`() {
        #expect(Ticks.linear(0...2, atMost: 10, isWhole: true).map(\.label) == ["0", "1", "2"])
    }

    @Test(
        arguments: [
            (0.0001...0.1, 6, ["0.0001", "0.001", "0.01", "0.1"]),
            (0.02...3, 8, ["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"]),
            (0.02...3, 3, ["0.1", "1"]),
            (1e-9...1, 4, ["10⁻⁹", "10⁻⁶", "0.001", "1"]),
            (0.31...0.34, 4, ["0.31", "0.32", "0.33", "0.34"]),
        ] as [(ClosedRange<Double>, Int, [String])])
    func `logarithmic axes mark powers of ten`(range: ClosedRange<Double>, count: Int, labels: [String]) {
        #expect(Ticks.logarithmic(range, atMost: count).map(\.label) == labels)
    }

    @Test(
        arguments: [
            [], [.nan], [.infinity, -.infinity], [0], [-0.0], [5], [1e308, -1e308], [1e299, -1e299],
            [.leastNonzeroMagnitude],
            [1, 1 + 1e-16], [1e-200, 1e200], [1e15, 1e15 + 1], [-1e-300, 1e-300],
        ] as [[Double]])
    func `any values give an axis with a beginning before its end and few ticks`(values: [Double]) {
        for axis in [
            Axis(), Axis(scale: .logarithmic), Axis(isWhole: true), Axis(includesZero: true, hasMargin: false),
        ] {
            let fitted = FittedAxis(axis, values: values, mostTicks: 6)
            #expect(fitted.low < fitted.high)
            #expect(fitted.low.isFinite && fitted.high.isFinite)
            #expect(fitted.ticks.count <= 6)
            for value in values where axis.shows(value) {
                #expect(fitted.share(value).map { -1e-6...1 + 1e-6 ~= $0 } == true)
            }
        }
    }

    @Test func `margins do not cross what can occur`() {
        let accuracy = FittedAxis(Axis(limits: 0...1), values: [0.9, 1], mostTicks: 5)
        #expect(accuracy.high == 1)
        #expect(accuracy.low < 0.9)
        #expect(FittedAxis(Axis(), values: [0.1, 3], mostTicks: 5).low == 0)
        for limits in [0...1, 0 ... .infinity] as [ClosedRange<Double>] {
            let zeros = FittedAxis(Axis(limits: limits), values: [0, 0], mostTicks: 5)
            #expect(zeros.low == 0 && zeros.high == 1)
        }
    }
}
