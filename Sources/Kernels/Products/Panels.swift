// The right-hand side of a product, cut into panels: up to four vectors of neighbouring columns, all rows of the panel one
// after the other, so that a tile walks through it in one straight line. Columns are padded with zeros to whole vectors.

/// Neighbouring columns that one tile computes together.
package struct Panel {
    /// The first of its columns.
    package var column: Int
    /// Width in vectors: one, two or four.
    package var vectors: Int
    /// Columns without padding.
    package var columns: Int

    /// Columns with padding.
    var width: Int { vectors * laneCount }

    /// The same panel with its padding counted as columns.
    var padded: Panel { Panel(column: column, vectors: vectors, columns: width) }

    /// The same panel so many columns further on.
    func shifted(by columns: Int) -> Panel { Panel(column: column + columns, vectors: vectors, columns: self.columns) }
}

/// Some panels and all of their columns.
struct PanelGroup {
    let panels: Range<Int>
    /// Wider than what one tile computes.
    let whole: Panel
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

    package init(columns: Int) { self.columns = columns }

    /// Columns rounded up to whole vectors.
    package var paddedColumns: Int { columns.roundedUp(toMultipleOf: laneCount) }

    /// How many panels there are; packing can be shared out by panel.
    package var count: Int {
        let vectors = paddedColumns / laneCount
        let remainder = vectors % Self.widest
        return vectors / Self.widest + (remainder == 0 ? 0 : remainder == 3 ? 2 : 1)
    }

    /// The panel at an index: the widest first, then what remains in powers of two.
    package subscript(index: Int) -> Panel {
        let vectors = paddedColumns / laneCount
        let full = vectors / Self.widest
        var first = min(index, full) * Self.widest
        var width = Self.widest
        if index >= full {
            let remainder = vectors - first
            width = remainder == 3 ? 2 : remainder
            if index > full {
                first += 2
                width = 1
            }
        }
        let column = first * laneCount
        return Panel(column: column, vectors: width, columns: min(width * laneCount, columns - column))
    }

    /// Columns of a group of panels, the same on every machine.
    static let groupColumns = 64

    /// How many groups there are.
    var groups: Int { paddedColumns.dividedRoundingUp(by: Self.groupColumns) }

    /// Neighbouring panels that are multiplied one after the other with the same rows, while those are in the cache.
    func group(_ index: Int) -> PanelGroup {
        let column = index * Self.groupColumns
        let panelsOfGroup = Self.groupColumns / Self.widestColumns
        let first = index * panelsOfGroup
        return PanelGroup(
            panels: first..<(index + 1 == groups ? count : first + panelsOfGroup),
            whole: Panel(
                column: column, vectors: min(Self.groupColumns, paddedColumns - column) / laneCount,
                columns: min(Self.groupColumns, columns - column)))
    }

    /// Copies a panel's columns of a matrix whose rows lie `rowStride` floats apart.
    package func pack(
        _ panel: Panel, rows: Int, from source: UnsafePointer<Float>, rowStride: Int,
        to packed: UnsafeMutablePointer<Float>
    ) {
        let target = packed + panel.column * rows
        let source = source + panel.column
        for row in 0..<rows {
            (target + row * panel.width).update(from: source + row * rowStride, count: panel.columns)
        }
        pad(panel, rows: rows, of: target)
    }

    /// Copies a panel's columns of a transposed matrix, whose columns lie `columnStride` floats apart, as `rows` rows from
    /// `firstRow` on. The packed matrix is `depth` rows deep in all.
    package func packTransposed(
        _ panel: Panel, firstRow: Int = 0, rows: Int, depth: Int, from source: UnsafePointer<Float>,
        columnStride: Int, to packed: UnsafeMutablePointer<Float>
    ) {
        let target = packed + panel.column * depth + firstRow * panel.width
        transpose(
            rows: panel.columns, columns: rows, from: source + panel.column * columnStride, rowStride: columnStride,
            to: target, targetStride: panel.width)
        pad(panel, rows: rows, of: target)
    }

    /// Fills the padding of packed rows with zeros.
    private func pad(_ panel: Panel, rows: Int, of packed: UnsafeMutablePointer<Float>) {
        for column in panel.columns..<panel.width {
            for row in 0..<rows { packed[row * panel.width + column] = 0 }
        }
    }

    /// Copies rows of `columns` floats to rows of `paddedColumns`, for a right-hand side that is not a multiple of a vector.
    package func pad(rows: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
        let padded = paddedColumns
        for row in 0..<rows {
            (target + row * padded).update(from: source + row * columns, count: columns)
            for column in columns..<padded { target[row * padded + column] = 0 }
        }
    }
}
