// The one product behind convolutions, dense layers and all their gradients:
//
//     C[m, n] = start[n] + Σ_r Σ_k A[m·aRow + r·aOuter + k·aInner] · B[r·bOuter + k·bInner + n]      (or C += …)
//
// A is read in place, by strides, so that a convolution needs no rearranged copy of its images: the rows of its windows
// overlap in memory. B is read a vector at a time, so its rows are padded to whole vectors (Panels.swift).
//
// Each element of C is one chain of multiply-adds in the order (r, k), whatever tile computes it: results depend neither
// on tile shapes nor on vector widths, and the naive reference agrees bit for bit.
//
// Limit: the multiply-add units. A tile of 6 × 4 vectors does 24 multiply-adds for 10 loads.

/// Strides and lengths of a product's sums, in floats.
struct ProductShape {
    var outer = 1
    var inner: Int
    var aRow: Int
    var aOuter = 0
    var aInner: Int
    var bOuter = 0
    var bInner: Int
    var cRow: Int
}

/// What a product does with the previous values of C.
enum ProductStart {
    /// C is overwritten by start + sum; without a start row, by the sum.
    case row(UnsafePointer<Float>?)
    /// The sum is added to C.
    case existing

    /// Chains continue from C.
    case continued

    var isExisting: Bool {
        if case .existing = self { true } else { false }
    }
}

/// Rows of the tallest tile for strips of that many vectors: as many accumulators as fit beside the operands.
@inline(__always)
func tallestTile(vectors: Int) -> Int {
    vectors == 4 ? 6 : tallestNarrowTile(vectors: vectors)
}

@inline(__always)
private func tallestNarrowTile(vectors: Int) -> Int {
    #if WIDE_LANES
    return 12
    #else
    return vectors == 2 ? 6 : 12
    #endif
}

/// Computes `rows` rows of one panel's columns; tiles share the rows evenly.
///
/// A last vector that reaches beyond its row is computed apart, unless rows are contiguous and the `room` floats behind the last
/// of them are written later: then each row overwrites the excess of the one before.
///
/// The widest tiles prefetch what lies `ahead`.
func multiplyPanel(
    _ shape: ProductShape, rows: Int, panel: Panel, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, start: ProductStart, room: Int = 0, ahead: Ahead? = nil
) {
    let padding = panel.width - panel.columns
    let fits = padding == 0 || (room >= padding && shape.cRow == panel.columns && !start.isExisting)
    let tallest = tallestTile(vectors: panel.vectors)
    let tiles = rows.dividedRoundingUp(by: tallest)
    guard tiles > 0 else { return }
    let height = rows / tiles
    var taller = rows % tiles
    var a = a
    var c = c
    var ahead = ahead
    for _ in 0..<tiles {
        let tileRows = taller > 0 ? height + 1 : height
        taller -= 1
        if fits, panel.vectors == 4, ahead != nil {
            multiplyWide(shape, tileRows, a, b, c, start, &ahead!)
        } else if fits {
            multiplyTile(shape, rows: tileRows, vectors: panel.vectors, a: a, b: b, c: c, start: start)
        } else {
            multiplyPartialTile(shape, rows: tileRows, panel: panel, a: a, b: b, c: c, start: start)
        }
        a += tileRows * shape.aRow
        c += tileRows * shape.cRow
    }
}

/// Accumulators of the largest tile. A temporary allocation of that size would come from the heap.
private typealias TileMemory = InlineArray<24, Lanes>

/// A tile whose last vector reaches beyond C: computed in memory of its own, from which the columns of C are copied.
private func multiplyPartialTile(
    _ shape: ProductShape, rows: Int, panel: Panel, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, start: ProductStart
) {
    let width = panel.width
    var memory = TileMemory(repeating: .zero)
    withUnsafeMutableBytes(of: &memory) { memory in
        let tile = memory.baseAddress!.assumingMemoryBound(to: Float.self)
        var whole = shape
        whole.cRow = width
        switch start {
        case .row:
            multiplyTile(whole, rows: rows, vectors: panel.vectors, a: a, b: b, c: tile, start: start)
            for row in 0..<rows {
                for column in 0..<panel.columns { c[row * shape.cRow + column] = tile[row * width + column] }
            }
        case .existing:
            multiplyTile(whole, rows: rows, vectors: panel.vectors, a: a, b: b, c: tile, start: .row(nil))
            for row in 0..<rows {
                for column in 0..<panel.columns { c[row * shape.cRow + column] += tile[row * width + column] }
            }
        case .continued:
            for row in 0..<rows {
                for column in 0..<panel.columns { tile[row * width + column] = c[row * shape.cRow + column] }
            }
            multiplyTile(whole, rows: rows, vectors: panel.vectors, a: a, b: b, c: tile, start: start)
            for row in 0..<rows {
                for column in 0..<panel.columns { c[row * shape.cRow + column] = tile[row * width + column] }
            }
        }
    }
}

/// One tile, kept in registers from its first product to its last.
@inline(never)
private func multiply<T: Tile, R: Requests>(
    _ tile: T.Type, _ shape: ProductShape, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ start: ProductStart, _ requests: inout R
) {
    var next = requests
    var sum = T(everyRow: T.Width())
    if case .row(let row?) = start { sum = T(everyRow: T.Width(row)) }
    if case .continued = start { sum.add(c, shape.cRow) }
    let aRow = shape.aRow
    let aInner = shape.aInner
    let bInner = shape.bInner
    for outer in 0..<shape.outer {
        var a = a + outer * shape.aOuter
        var b = b + outer * shape.bOuter
        for step in 0..<shape.inner {
            next.request(at: step)
            sum.add(a, aRow, times: T.Width(b))
            a += aInner
            b += bInner
        }
    }
    if case .existing = start { sum.add(c, shape.cRow) }
    sum.store(to: c, shape.cRow)
    requests = next
}

private func multiplyTile(
    _ shape: ProductShape, rows: Int, vectors: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, start: ProductStart
) {
    var none = NoRequests()
    switch vectors {
    case 4: multiplyWide(shape, rows, a, b, c, start, &none)
    case 2: multiplyTall(Pair.self, shape, rows, a, b, c, start)
    default: multiplyTall(Single.self, shape, rows, a, b, c, start)
    }
}

@inline(__always)
private func multiplyWide<R: Requests>(
    _ shape: ProductShape, _ rows: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ start: ProductStart, _ requests: inout R
) {
    switch rows {
    case 6: multiply(Rows6<Quad>.self, shape, a, b, c, start, &requests)
    case 5: multiply(Rows5<Quad>.self, shape, a, b, c, start, &requests)
    case 4: multiply(Rows4<Quad>.self, shape, a, b, c, start, &requests)
    case 3: multiply(Rows3<Quad>.self, shape, a, b, c, start, &requests)
    case 2: multiply(Rows2<Quad>.self, shape, a, b, c, start, &requests)
    default: multiply(Rows1<Quad>.self, shape, a, b, c, start, &requests)
    }
}

@inline(__always)
private func multiplyTall<Width: Strip>(
    _ width: Width.Type, _ shape: ProductShape, _ rows: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ start: ProductStart
) {
    var none = NoRequests()
    switch rows {
    case 12: multiply(Rows12<Width>.self, shape, a, b, c, start, &none)
    case 11: multiply(Rows11<Width>.self, shape, a, b, c, start, &none)
    case 10: multiply(Rows10<Width>.self, shape, a, b, c, start, &none)
    case 9: multiply(Rows9<Width>.self, shape, a, b, c, start, &none)
    case 8: multiply(Rows8<Width>.self, shape, a, b, c, start, &none)
    case 7: multiply(Rows7<Width>.self, shape, a, b, c, start, &none)
    case 6: multiply(Rows6<Width>.self, shape, a, b, c, start, &none)
    case 5: multiply(Rows5<Width>.self, shape, a, b, c, start, &none)
    case 4: multiply(Rows4<Width>.self, shape, a, b, c, start, &none)
    case 3: multiply(Rows3<Width>.self, shape, a, b, c, start, &none)
    case 2: multiply(Rows2<Width>.self, shape, a, b, c, start, &none)
    default: multiply(Rows1<Width>.self, shape, a, b, c, start, &none)
    }
}
