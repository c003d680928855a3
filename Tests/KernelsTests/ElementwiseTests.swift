import Kernels
import TestSupport
import Testing

@Suite struct ElementwiseTests {
    static let counts = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 100]

    @Test(arguments: counts, Wall.allCases)
    func `rescaling and adding touch their floats only, in place too`(count: Int, wall: Wall) {
        var noise = Noise("elementwise \(count)")
        let a = noise.floats(count)
        let b = noise.floats(count)
        let x = GuardedFloats(a, wall)
        let y = GuardedFloats(b, wall)
        let result = GuardedFloats(count: count, wall)
        rescale(count: count, x: x.readOnly, scale: 3, offset: -0.3, y: result.base)
        #expect(firstDifference(result.values, a.map { (-0.3 as Float).adding($0, times: 3) }) == nil)
        addElements(count: count, a: x.readOnly, b: y.readOnly, y: result.base)
        #expect(firstDifference(result.values, zip(a, b).map(+)) == nil)
        addElements(count: count, a: x.readOnly, b: y.readOnly, y: y.base)
        #expect(firstDifference(y.values, zip(a, b).map(+)) == nil)
        addElements(count: count, a: x.readOnly, b: x.readOnly, y: x.base)
        #expect(firstDifference(x.values, a.map { $0 + $0 }) == nil)
    }

    @Test(arguments: Wall.allCases)
    func `a maximum is NaN where either value is, and its gradient goes there`(wall: Wall) {
        let a = GuardedFloats([1, 2, .nan, 3, .nan, 4], wall)
        let b = GuardedFloats([2, 1, 3, .nan, .nan, 4], wall)
        let dy = GuardedFloats(count: 6, of: 1, wall)
        let result = GuardedFloats(count: 6, wall)
        maximumOfElements(count: 6, a: a.readOnly, b: b.readOnly, y: result.base)
        #expect(result.values?.map { $0.isNaN ? -1 : $0 } == [2, 2, -1, -1, -1, 4])
        for (isFirst, expected) in [(true, [0, 1, 1, 0, 0, 1] as [Float]), (false, [1, 0, 0, 1, 1, 0])] {
            maximumGradient(
                count: 6, a: a.readOnly, b: b.readOnly, ofFirst: isFirst, dy: dy.readOnly, dx: result.base)
            #expect(result.values == expected)
        }
    }

    @Test(arguments: counts, Wall.allCases)
    func `parts are added up in their order, range by range`(count: Int, wall: Wall) {
        var noise = Noise("parts \(count)")
        for parts in [1, 2, 4, 16] {
            let stride = count + 3
            let values = noise.floats(parts * stride - 3)
            let rows = GuardedFloats(values, wall)
            let result = GuardedFloats(count: count, wall)
            for range in [count / 3..<count, 0..<count / 3] {
                sumParts(parts: parts, stride: stride, range: range, from: rows.readOnly, to: result.base)
            }
            let expected = (0..<count).map { column in
                (1..<parts).reduce(values[column]) { $0 + values[$1 * stride + column] }
            }
            #expect(firstDifference(result.values, expected) == nil)
        }
    }

    @Test(arguments: counts, Wall.allCases)
    func `columns are summed row by row and then added`(columns: Int, wall: Wall) {
        var noise = Noise("columns \(columns)")
        for rows in [1, 2, 3, 5, 17, 40] {
            let values = noise.floats(rows * columns)
            let before = noise.floats(columns)
            let x = GuardedFloats(values, wall)
            let sums = GuardedFloats(before, wall)
            addColumnSums(rows: rows, columns: columns, x: x.readOnly, sums: sums.base)
            let expected = (0..<columns).map { column in
                before[column] + (0..<rows).reduce(0) { $0 + values[$1 * columns + column] }
            }
            #expect(firstDifference(sums.values, expected) == nil)
        }
    }

    @Test func `sums of many rows are put together from blocks`() {
        var noise = Noise("many rows")
        let (rows, columns) = (2500, 83)
        let values = noise.floats(rows * columns)
        var sums = [Float](repeating: 1, count: columns)
        addColumnSums(rows: rows, columns: columns, x: values, sums: &sums)
        let expected = (0..<columns).map { column in
            (0..<rows).reduce(1.0) { $0 + Double(values[$1 * columns + column]) }
        }
        #expect(relativeError(sums, expected) < 1e-6)
    }

    @Test(arguments: counts, Wall.allCases)
    func `a penalty and its gradient are those of the definition`(count: Int, wall: Wall) {
        var noise = Noise("penalty \(count)")
        var values = noise.floats(count)
        values[0] = 0
        let weights = GuardedFloats(values, wall)
        let penalty = weightPenalty(count: count, l1: 0.3, l2: 0.7, weights: weights.readOnly)
        let truth = values.reduce(0.0) { $0 + 0.3 * Double($1.magnitude) + 0.7 * Double($1) * Double($1) }
        #expect(abs(Double(penalty) - truth) <= 1e-6 * truth)
        let gradient = GuardedFloats(count: count, wall)
        weightPenaltyGradient(
            count: count, l1: 0.3, l2: 0.7, scale: 2, weights: weights.readOnly, to: gradient.base)
        let slopes = values.map { 2 * ($0 == 0 ? 0 : $0 < 0 ? -0.3 : 0.3) + 2.8 * Double($0) }
        #expect(relativeError(gradient.values, slopes) < 2e-7)
    }

    @Test func `the sum of squares runs in sixteen lanes, whatever the range`() {
        var noise = Noise("squares")
        let values = noise.floats(100)
        for range in [0..<0, 0..<1, 3..<19, 5..<100, 99..<100] {
            var lanes = [Float](repeating: 0, count: 16)
            for (index, value) in values[range].enumerated() {
                lanes[index % 16] = lanes[index % 16].adding(value, times: value)
            }
            #expect(squareSum(range, of: values) == lanes.reduce(0, +))
        }
    }
}
