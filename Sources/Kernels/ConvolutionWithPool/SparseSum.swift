// Sums of a few rows out of many, each times a number: what gradients behind a pool are made of.
//
//     target[r, n] += Σ_e value_e · source[offset_e + r · sourceRow + n]      for the rows of one patch
//
// A *patch* is what a kernel covers: `rows` runs of `vectors` vectors. Its sums stay in registers while the entries pass, so
// that an entry costs one load and one multiply-add a vector, and zeros, which have no entry, cost nothing.
//
// Each element of the target is one chain of multiply-adds in the order of the entries, from the value it had.
// Limit: two loads a cycle, which is what the multiply-add units need.

/// A number that is not zero, and where its row lies.
struct SparseEntry {
    /// In floats, from the beginning of what is summed.
    var offset: Int32
    var value: Float
}

/// The size of a patch in rows and vectors, and the strides between its rows in floats.
struct PatchShape {
    let rows: Int
    let vectors: Int
    let sourceRow: Int
    let targetRow: Int
}

/// Adds the entries to a patch, as many of its vectors at a time as registers hold.
func addSparse(
    _ entries: UnsafeBufferPointer<SparseEntry>, _ shape: PatchShape, from source: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>
) {
    var vector = 0
    while vector < shape.vectors {
        let width = strip(shape.vectors - vector)
        let atOnce = shape.rows % 3 == 0 && 3 * width <= mostAccumulators ? 3 : 1
        for row in stride(from: 0, to: shape.rows, by: atOnce) {
            let from = source + row * shape.sourceRow + vector * laneCount
            let to = target + row * shape.targetRow + vector * laneCount
            switch (width, atOnce) {
            case (12, _): add(Rows1<Beside<Sextet, Sextet>>.self, entries, shape, from, to)
            case (6, 3): add(Rows3<Sextet>.self, entries, shape, from, to)
            case (6, _): add(Rows1<Sextet>.self, entries, shape, from, to)
            case (4, 3): add(Rows3<Quad>.self, entries, shape, from, to)
            case (4, _): add(Rows1<Quad>.self, entries, shape, from, to)
            case (3, 3): add(Rows3<Triple>.self, entries, shape, from, to)
            case (3, _): add(Rows1<Triple>.self, entries, shape, from, to)
            case (2, 3): add(Rows3<Pair>.self, entries, shape, from, to)
            case (2, _): add(Rows1<Pair>.self, entries, shape, from, to)
            case (_, 3): add(Rows3<Single>.self, entries, shape, from, to)
            default: add(Rows1<Single>.self, entries, shape, from, to)
            }
        }
        vector += width
    }
}

#if WIDE_LANES
private let mostAccumulators = 24
#else
private let mostAccumulators = 12
#endif

/// Vectors of the widest strip that so many vectors fill.
private func strip(_ vectors: Int) -> Int {
    switch vectors {
    case 12...: 12
    case 6...: 6
    default: min(vectors, 4)
    }
}

@inline(never)
private func add<T: Tile>(
    _ tile: T.Type, _ entries: UnsafeBufferPointer<SparseEntry>, _ shape: PatchShape, _ source: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>
) {
    let sourceRow = shape.sourceRow
    var sum = T(rows: UnsafePointer(target), shape.targetRow)
    for entry in entries {
        sum.add(Lanes(repeating: entry.value), timesRows: source + Int(entry.offset), sourceRow)
    }
    sum.store(to: target, shape.targetRow)
}
