// Dense layers: y = x · w + bias, and the gradients dx = dy · wᵀ, dw = xᵀ · dy. Weights are [inputs][outputs], as in Keras.
//
// Packed weights: [bias row][panels] forward, [panels of wᵀ] for the input gradient.
// Limit: multiply-add units for groups of at least six images; below that, streaming the weights from L2.

/// The lengths of a dense layer.
package struct DenseShape: Sendable, Hashable {
    /// Floats of one input.
    package let inputs: Int
    /// Floats of one result.
    package let outputs: Int

    package init(inputs: Int, outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Multiplications and additions for one image.
    package var flops: Int { 2 * inputs * outputs }

    /// The panels of forward products.
    package var forwardPanels: Panels { Panels(columns: outputs) }
    /// The panels of input gradients.
    package var transposedPanels: Panels { Panels(columns: inputs) }

    /// Floats of the packed weights, bias row included.
    package var packedFloats: Int { forwardPanels.paddedColumns * (1 + inputs) }
    /// Floats of the packed transpose.
    package var transposedFloats: Int { transposedPanels.paddedColumns * outputs }

    /// Floats of one image's dy padded to whole vectors; zero where it needs no padding.
    package var paddedGradientFloats: Int {
        forwardPanels.paddedColumns == outputs ? 0 : forwardPanels.paddedColumns
    }
}

/// Packs one panel of the weights and of the bias (zeros without one).
package func packDense(
    _ shape: DenseShape, piece: Int, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to packed: UnsafeMutablePointer<Float>
) {
    let panels = shape.forwardPanels
    packStart(bias, panels[piece], to: packed)
    panels.pack(
        panels[piece], rows: shape.inputs, from: weights, rowStride: shape.outputs, to: packed + panels.paddedColumns)
}

/// Packs one panel of the transposed weights.
package func packDenseTransposed(
    _ shape: DenseShape, piece: Int, weights: UnsafePointer<Float>, to packed: UnsafeMutablePointer<Float>
) {
    let panels = shape.transposedPanels
    panels.packTransposed(
        panels[piece], rows: shape.outputs, depth: shape.outputs, from: weights, columnStride: shape.outputs,
        to: packed)
}

/// Results of a group of images.
package func dense(
    _ shape: DenseShape, images: Int, x: UnsafePointer<Float>, packedWeights: UnsafePointer<Float>,
    y: UnsafeMutablePointer<Float>
) {
    let panels = shape.forwardPanels
    let packed = packedWeights + panels.paddedColumns
    for index in 0..<panels.count {
        let panel = panels[index]
        let product = ProductShape(
            inner: shape.inputs, aRow: shape.inputs, aInner: 1, bInner: panel.width, cRow: shape.outputs)
        multiplyPanel(
            product, rows: images, panel: panel, a: x, b: packed + panel.column * shape.inputs, c: y + panel.column,
            start: .row(packedWeights + panel.column))
    }
}

/// Input gradients of a group of images.
package func denseInputGradient(
    _ shape: DenseShape, images: Int, dy: UnsafePointer<Float>, packedTranspose: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    let panels = shape.transposedPanels
    for index in 0..<panels.count {
        let panel = panels[index]
        let product = ProductShape(
            inner: shape.outputs, aRow: shape.outputs, aInner: 1, bInner: panel.width, cRow: shape.inputs)
        multiplyPanel(
            product, rows: images, panel: panel, a: dy, b: packedTranspose + panel.column * shape.outputs,
            c: dx + panel.column, start: .row(nil))
    }
}

/// The weight gradient's rows that belong to a range of inputs, summed over all images in order.
///
/// `paddedGradient` is dy in rows of whole vectors: dy itself where they already are.
package func denseWeightGradient(
    _ shape: DenseShape, images: Int, inputs: Range<Int>, x: UnsafePointer<Float>,
    paddedGradient: UnsafePointer<Float>, dw: UnsafeMutablePointer<Float>
) {
    let panels = shape.forwardPanels
    let product = ProductShape(
        inner: images, aRow: 1, aInner: shape.inputs, bInner: panels.paddedColumns, cRow: shape.outputs)
    for index in 0..<panels.count {
        let panel = panels[index]
        multiplyPanel(
            product, rows: inputs.count, panel: panel, a: x + inputs.lowerBound, b: paddedGradient + panel.column,
            c: dw + inputs.lowerBound * shape.outputs + panel.column, start: .row(nil))
    }
}
