import Kernels
import TestSupport
import Testing

@Suite struct PanelsTests {
    @Test func `panels cover every column once, in order, and stay within whole vectors`() {
        for columns in 1...300 {
            let panels = Panels(columns: columns)
            var next = 0
            for index in 0..<panels.count {
                let panel = panels[index]
                #expect(panel.column == next)
                #expect([1, 2, 4].contains(panel.vectors))
                #expect(panel.columns == min(panel.vectors * laneCount, columns - next))
                next += panel.vectors * laneCount
            }
            #expect(next == panels.paddedColumns)
            #expect(next >= columns && next < columns + laneCount)
        }
    }

    @Test(arguments: [1, 5, 16, 17, 33, 48, 64, 65, 100, 130])
    func `packing puts rows one after the other and zeros behind the last column`(columns: Int) {
        let rows = 5
        let panels = Panels(columns: columns)
        let matrix = (0..<rows * columns).map { Float($0 + 1) }
        let transposed = (0..<rows * columns).map { Float($0 % rows * columns + $0 / rows + 1) }
        var expected: [Float] = []
        for index in 0..<panels.count {
            let panel = panels[index]
            for row in 0..<rows {
                for column in panel.column..<panel.column + panel.vectors * laneCount {
                    expected.append(column < columns ? Float(row * columns + column + 1) : 0)
                }
            }
        }
        for wall in Wall.allCases {
            let source = GuardedFloats(matrix, wall)
            let packed = GuardedFloats(count: rows * panels.paddedColumns, wall)
            for index in 0..<panels.count {
                panels.pack(panels[index], rows: rows, from: source.readOnly, rowStride: columns, to: packed.base)
            }
            #expect(firstDifference(packed.values, expected) == nil)

            let transposedSource = GuardedFloats(transposed, wall)
            let turned = GuardedFloats(count: rows * panels.paddedColumns, wall)
            for index in 0..<panels.count {
                // In two parts, as the input gradient of a convolution packs its taps.
                for range in [0..<2, 2..<rows] {
                    panels.packTransposed(
                        panels[index], firstRow: range.lowerBound, rows: range.count, depth: rows,
                        from: transposedSource.readOnly + range.lowerBound, columnStride: rows, to: turned.base)
                }
            }
            #expect(firstDifference(turned.values, expected) == nil)
        }
    }

    @Test(arguments: [1, 15, 16, 17, 40])
    func `padding fills every row up with zeros`(columns: Int) {
        let panels = Panels(columns: columns)
        let matrix = (0..<3 * columns).map { Float($0 + 1) }
        var expected: [Float] = []
        for row in 0..<3 {
            expected += matrix[row * columns..<(row + 1) * columns]
            expected += Array(repeating: 0, count: panels.paddedColumns - columns)
        }
        for wall in Wall.allCases {
            let source = GuardedFloats(matrix, wall)
            let padded = GuardedFloats(count: 3 * panels.paddedColumns, wall)
            panels.pad(rows: 3, from: source.readOnly, to: padded.base)
            #expect(firstDifference(padded.values, expected) == nil)
        }
    }
}
