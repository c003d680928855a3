import Kernels
import Tensors

/// y = x · W + b for the features x of every image. Inputs: features, weights [inputs][outputs], and perhaps a bias.
package struct MatrixProduct: ImageOperation {
    let shape: DenseShape
    let hasBias: Bool

    /// Features have one axis, as long as the first axis of the weights.
    package init(_ x: Value, weights: Value, hasBias: Bool) throws(ShapeError) {
        guard x.shape.rank == 1, weights.shape.rank == 2, weights.shape[0] == x.shape[0] else {
            throw ShapeError(
                "the weights (inputs, outputs) do not fit the features; Flatten makes an image one row of them",
                weights.shape, x.shape)
        }
        shape = DenseShape(inputs: weights.shape[0], outputs: weights.shape[1])
        self.hasBias = hasBias
    }

    package var variant: String? { DenseVariant.groups.label }
    package var resultType: ValueType { .image(Shape(shape.outputs)) }
    package var flops: Int { shape.flops }
    package var preparation: Preparation? {
        Preparation(floats: shape.packedFloats, pieces: shape.forwardPanels.count)
    }

    /// With dy the gradient of y: dx = dy · Wᵀ for each image, and over the batch dW = Σ xᵀ · dy and db = Σ dy.
    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, weights, dy) = (request.inputs[0], request.inputs[1], request.upstream)
        var weightGradient: Value?
        if request.wanted[1] {
            let padded = shape.paddedGradientFloats == 0 ? dy : try graph.apply(PaddedRows(shape: shape), to: dy)
            weightGradient = try graph.apply(
                MatrixProductWeightGradient(shape: shape, readsPictures: false), to: x, padded)
        }
        return [
            request.wanted[0] ? try graph.apply(MatrixProductInputGradient(shape: shape), to: dy, weights) : nil,
            weightGradient,
            hasBias && request.wanted[2] ? try graph.apply(BiasGradient(dy), to: dy) : nil,
        ]
    }

    package func prepare(_ run: borrowing Run) {
        packDense(
            shape, piece: run.piece, weights: run.input(1), bias: hasBias ? run.input(2) : nil, to: run.prepared)
    }

    package func run(_ run: borrowing Run) {
        dense(shape, images: run.images, x: run.input(0), packedWeights: run.prepared, y: run.output)
    }
}

/// The gradient with respect to a dense layer's features. Inputs: the gradient of its result, its weights.
struct MatrixProductInputGradient: ImageOperation {
    let shape: DenseShape

    var resultType: ValueType { .image(Shape(shape.inputs)) }
    var flops: Int { shape.flops }
    var preparation: Preparation? {
        Preparation(floats: shape.transposedFloats, pieces: shape.transposedPanels.count)
    }

    func prepare(_ run: borrowing Run) {
        packDenseTransposed(shape, piece: run.piece, weights: run.input(1), to: run.prepared)
    }

    func run(_ run: borrowing Run) {
        denseInputGradient(shape, images: run.images, dy: run.input(0), packedTranspose: run.prepared, dx: run.output)
    }
}

/// The gradient with respect to a dense layer's weights: one product over the whole batch, shared out by rows of the weights, because
/// parts of so many weights would cost more than they save. Inputs: features, the gradient of the result in whole vectors.
struct MatrixProductWeightGradient: WholeOperation {
    let shape: DenseShape
    /// Whether the features are pictures, the margins of which are left out.
    let readsPictures: Bool

    var resultType: ValueType { .whole(Shape(shape.inputs, shape.outputs)) }
    var flops: Int { shape.flops }
    /// So many that no thread waits long for another: pieces in the middle of pictures take longer.
    var pieces: Int { (shape.inputs * shape.forwardPanels.paddedColumns).pieces(noShorterThan: 4096) }

    func run(_ run: borrowing Run) {
        let (x, dy) = (run.input(0), run.input(1))
        if readsPictures {
            sparseWeightGradient(
                shape, images: run.batch, piece: run.piece, of: run.pieces, x: x, dy: dy, dw: run.output)
        } else {
            denseWeightGradient(
                shape, images: run.batch, inputs: run.share(of: shape.inputs), x: x, paddedGradient: dy, dw: run.output)
        }
    }
}

/// A row of features followed by zeros up to a whole vector. Input: features.
struct PaddedRows: ImageOperation {
    let shape: DenseShape

    var resultType: ValueType { .image(Shape(shape.paddedGradientFloats)) }

    func run(_ run: borrowing Run) {
        shape.forwardPanels.pad(rows: run.images, from: run.input(0), to: run.output)
    }
}
