// Dense layers of many weights, over a whole batch: each panel of weights is read once for all images, in place.
//
// A panel is a few neighbouring columns of the weights; its rows lie a whole row of weights apart, and need no packing as long
// as they are made of whole vectors.
// Limit: multiply-add units for batches of some dozens of images; below that, reading the weights from L2 or memory.

extension DenseShape {
    /// Whether weights can be read in place, forward and transposed.
    var hasWholeVectors: Bool { inputs % laneCount == 0 && outputs % laneCount == 0 }

    /// Independent pieces: panels, and blocks of images where panels are few.
    package func widePieces(columns: Int) -> Int {
        let panels = Panels(columns: columns).count
        return panels * max(1, 8 / panels)
    }

    /// Independent pieces of the forward product of pictures that are searched for zeros: blocks of images.
    package var sparsePieces: Int { 8 }
}

/// Piece `piece` of y = x · weights + bias, for a whole batch: some images and one panel of columns.
package func multiplyWide(
    images: Int, depth: Int, columns: Int, piece: Int, of pieces: Int, x: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, y: UnsafeMutablePointer<Float>
) {
    let panels = Panels(columns: columns)
    let panel = panels[piece % panels.count]
    let block = (0..<images).share(piece / panels.count, of: pieces / panels.count)
    let product = ProductShape(inner: depth, aRow: depth, aInner: 1, bInner: columns, cRow: columns)
    multiplyPanel(
        product, rows: block.count, panel: panel, a: x + block.lowerBound * depth, b: weights + panel.column,
        c: y + block.lowerBound * columns + panel.column,
        start: .row(bias.map { $0 + panel.column }))
}

/// Piece `piece` of y = x · weights + bias for a whole batch of pictures, whose margins are zero: some images.
package func multiplyWideSparse(
    _ shape: DenseShape, images: Int, piece: Int, of pieces: Int, x: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, y: UnsafeMutablePointer<Float>
) {
    let tiles = SparseTiles(rows: images, columns: shape.outputs)
    let product = ProductShape(
        inner: shape.inputs, aRow: shape.inputs, aInner: 1, bInner: shape.outputs, cRow: shape.outputs)
    multiplySparse(
        product, tiles, (0..<tiles.count).share(piece, of: pieces), a: x, b: weights, c: y, start: bias)
}

/// Piece `piece` of the weight gradient of a whole batch of pictures, whose margins are zero: some tiles of inputs.
package func sparseWeightGradient(
    _ shape: DenseShape, images: Int, piece: Int, of pieces: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dw: UnsafeMutablePointer<Float>
) {
    let tiles = SparseTiles(rows: shape.inputs, columns: shape.outputs)
    let product = ProductShape(
        inner: images, aRow: 1, aInner: shape.inputs, bInner: shape.outputs, cRow: shape.outputs)
    multiplySparse(
        product, tiles, (0..<tiles.count).share(piece, of: pieces), a: x, b: dy, c: dw, start: nil)
}
