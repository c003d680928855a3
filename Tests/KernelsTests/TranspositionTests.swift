import Kernels
import TestSupport
import Testing

@Suite struct TranspositionTests {
    @Test(arguments: [(1, 1), (16, 16), (8, 40), (17, 33), (48, 15), (3, 64), (50, 50)])
    func `rows become columns, whatever part of them is turned at a time`(rows: Int, columns: Int) {
        let matrix = (0..<rows * columns).map { Float($0 + 1) }
        let expected = (0..<rows * columns).map { matrix[$0 % rows * columns + $0 / rows] }
        for wall in Wall.allCases {
            for parts in [1, 2, 5] {
                let source = GuardedFloats(matrix, wall)
                let target = GuardedFloats(count: rows * columns, wall)
                for part in 0..<parts {
                    transpose(
                        rows: rows, columns: columns, part: (0..<rows).share(part, of: parts),
                        from: source.readOnly, to: target.base)
                }
                #expect(firstDifference(target.values, expected) == nil)
            }
        }
    }
}
