// The right-hand side of a product, cut into panels: up to four vectors of neighbouring columns, all rows of the panel one
// after the other, so that a tile walks through it in one straight line. Columns are padded with zeros to whole vectors.

/// Neighbouring columns that one tile computes together.
package struct Panel {
    /// The first of its columns.
    package var column: Int
    /// Width in vectors: one, two or four.
    package var vectors: Int
    /// How many of its columns exist; the others are padding.
    package var columns: Int
}

/// How a matrix of so many columns is cut into panels.
package struct Panels: Sendable, Equatable {
    /// Columns of the matrix, without padding.
    package let columns: Int

    #if WIDE_LANES
    private static let widest = 4
    #else
    private static let widest = 2
    #endif

    /// Columns of the widest panel.
    static var widestColumns: Int { widest * laneCount }

    /// Panels for a matrix of that many columns.
    package init(columns: Int) { self.columns = columns }

    /// Columns rounded up to whole vectors.
    package var paddedColumns: Int { columns.roundedUp(toMultipleOf: laneCount) }

    /// How many panels there are; packing can be shared out by panel.
    package var count: Int {
        let vectors = paddedColumns / laneCount
        let rest = vectors % Self.widest
        return vectors / Self.widest + (rest == 0 ? 0 : rest == 3 ? 2 : 1)
    }

    /// The panel at an index: the widest first, then what remains in powers of two.
    package subscript(index: Int) -> Panel {
        let vectors = paddedColumns / laneCount
        let full = vectors / Self.widest
        var first = min(index, full) * Self.widest
        var width = Self.widest
        if index >= full {
            let rest = vectors - first
            width = rest == 3 ? 2 : rest
            if index > full {
                first += 2
                width = 1
            }
        }
        let column = first * laneCount
        return Panel(column: column, vectors: width, columns: min(width * laneCount, columns - column))
    }

    /// Copies `rows` rows, from element [row · rowStride + column · columnStride] of the source, to a panel from its row
    /// `firstRow` on; one of the strides is one. The packed matrix is `depth` rows deep in all.
    package func pack(
        _ panel: Panel, firstRow: Int, rows: Int, depth: Int, from source: UnsafePointer<Float>, rowStride: Int,
        columnStride: Int, to packed: UnsafeMutablePointer<Float>
    ) {
        let width = panel.vectors * laneCount
        let target = packed + panel.column * depth + firstRow * width
        let source = source + panel.column * columnStride
        if columnStride == 1 {
            for row in 0..<rows {
                (target + row * width).update(from: source + row * rowStride, count: panel.columns)
            }
        } else {
            transpose(
                rows: panel.columns, columns: rows, from: source, rowStride: columnStride, to: target,
                targetStride: width)
        }
        for column in panel.columns..<width {
            for row in 0..<rows { target[row * width + column] = 0 }
        }
    }

    /// Copies rows of `columns` floats to rows of `paddedColumns`, for a right-hand side that is no multiple of a vector.
    package func pad(rows: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
        let padded = paddedColumns
        for row in 0..<rows {
            (target + row * padded).update(from: source + row * columns, count: columns)
            for column in columns..<padded { target[row * padded + column] = 0 }
        }
    }
}
