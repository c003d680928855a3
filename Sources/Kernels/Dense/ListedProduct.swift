// y = x · weights + bias for pictures in lists (TileLists.swift), without the pixels that are zero in all pictures of a tile:
// a third of them for articles of clothing, two thirds for handwritten digits.
//
// Each element of y is the same chain of multiply-adds without those that add zero: the same bits, as long as weights are finite.
//
// Limit: the multiply-add units: a pixel of six pictures and four vectors is 24 multiply-adds for ten loads. The weights come
// from L2, which is why some panels of them serve all tiles before others follow. The list says early which of them come next,
// so that they can be prefetched.

extension DenseShape {
    /// Floats of the panels that pass through L2 together.
    private static let togetherFloats = 1 << 18

    fileprivate var panelGroups: Int {
        let together = max(1, Self.togetherFloats / (inputs * Panels.widestColumns))
        return forwardPanels.count.dividedRoundingUp(by: together)
    }

    /// Independent pieces of such a product: some tiles for each group of panels.
    package var listedPieces: Int { panelGroups * 16 }
}

/// Piece `piece` of y = x · weights + bias for a whole batch in lists.
package func multiplyLists(
    _ shape: DenseShape, images: Int, piece: Int, lists: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, y: UnsafeMutablePointer<Float>
) {
    let pictures = ListedPictures(count: images, pixels: shape.inputs)
    let panels = shape.forwardPanels
    let groups = shape.panelGroups
    let parts = shape.listedPieces / groups
    let (group, part) = piece.quotientAndRemainder(dividingBy: parts)
    for tile in (0..<pictures.tiles).share(part, of: parts) {
        let list = lists + pictures.beginning(ofTile: tile)
        let rows = pictures.places(ofTile: tile).count
        for index in (0..<panels.count).share(group, of: groups) {
            let panel = panels[index]
            multiplyTile(
                rows: rows, vectors: panel.vectors, list, weights + panel.column, bias.map { $0 + panel.column },
                y + panel.column, shape.outputs)
        }
    }
}

/// How far ahead weights are prefetched: some seventy cycles, several times the latency of L2.
private let entriesAhead = 6

/// One tile, kept in registers from its first product to its last.
@inline(never)
private func multiply<T: Tile>(
    _ tile: T.Type, _ list: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?,
    _ y: UnsafeMutablePointer<Float>, _ columns: Int
) {
    var sum = T(everyRow: bias.map { T.Width($0) } ?? T.Width())
    let entryFloats = 1 + T.rows
    let rows = list + 1
    var entry = rows + T.rows
    let last = entry + (Int(list[0].bitPattern) &- 1) &* entryFloats
    var soon = min(entry + entriesAhead &* entryFloats, last)
    while entry <= last {
        prefetch(weights + Int(soon[0].bitPattern) &* columns, bytes: T.Width.vectors * MemoryLayout<Lanes>.stride)
        soon = min(soon + entryFloats, last)
        sum.add(entry + 1, 1, times: T.Width(weights + Int(entry[0].bitPattern) &* columns))
        entry += entryFloats
    }
    sum.store(to: y, columns, rows: rows)
}

private func multiplyTile(
    rows: Int, vectors: Int, _ list: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?, _ y: UnsafeMutablePointer<Float>, _ columns: Int
) {
    switch vectors {
    case 4: multiplyTile(Quad.self, rows: rows, list, weights, bias, y, columns)
    case 2: multiplyTile(Pair.self, rows: rows, list, weights, bias, y, columns)
    default: multiplyTile(Single.self, rows: rows, list, weights, bias, y, columns)
    }
}

@inline(__always)
private func multiplyTile<Width: Strip>(
    _ width: Width.Type, rows: Int, _ list: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?, _ y: UnsafeMutablePointer<Float>, _ columns: Int
) {
    switch rows {
    case 6: multiply(Rows6<Width>.self, list, weights, bias, y, columns)
    case 5: multiply(Rows5<Width>.self, list, weights, bias, y, columns)
    case 4: multiply(Rows4<Width>.self, list, weights, bias, y, columns)
    case 3: multiply(Rows3<Width>.self, list, weights, bias, y, columns)
    case 2: multiply(Rows2<Width>.self, list, weights, bias, y, columns)
    default: multiply(Rows1<Width>.self, list, weights, bias, y, columns)
    }
}
