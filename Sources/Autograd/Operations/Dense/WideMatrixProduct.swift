import Kernels
import Tensors

/// A dense layer of so many weights that each of them should be read once a batch, not once a group of images: a product over
/// the whole batch, shared out by columns of the weights, which are read where they lie.
///
/// Of pictures, the margins, which are zero, are left out. The same sums as `MatrixProduct`, bit for bit. Inputs: features,
/// weights [inputs][outputs], perhaps a bias, and the features in lists if it reads them.
struct WideMatrixProduct: WholeOperation {
    let shape: DenseShape
    let hasBias: Bool
    let reads: WideFeatures

    /// Nil where the plain product does better: for few weights, and for rows of weights that are no multiple of a vector.
    init?(_ product: MatrixProduct, isFed: Bool) {
        shape = product.shape
        hasBias = product.hasBias
        switch shape.variant(ofPictures: isFed) {
        case .groups: return nil
        case .wide: reads = .features
        case .widePictures: reads = .pictures
        case .wideLists: reads = .lists
        }
    }

    var title: String { "matrix product" }
    var variant: String? { shape.variant(ofPictures: reads != .features).label }
    var resultType: ValueType { .image(Shape(shape.outputs)) }
    var flops: Int { shape.flops }
    var pieces: Int {
        switch reads {
        case .features: shape.widePieces(columns: shape.outputs)
        case .pictures: shape.sparsePieces
        case .lists: shape.listedPieces
        }
    }

    func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, weights, dy) = (request.inputs[0], request.inputs[1], request.upstream)
        var inputGradient: Value?
        if request.wanted[0] {
            let transposed = try graph.apply(TransposedWeights(shape: shape), to: weights)
            inputGradient = try graph.apply(WideInputGradient(shape: shape), to: dy, transposed)
        }
        let weightGradient = MatrixProductWeightGradient(shape: shape, readsPictures: reads != .features)
        let gradients = [
            inputGradient, request.wanted[1] ? try graph.apply(weightGradient, to: x, dy) : nil,
            hasBias && request.wanted[2] ? try graph.apply(BiasGradient(dy), to: dy) : nil, nil,
        ]
        return Array(gradients.prefix(request.inputs.count))
    }

    func run(_ run: borrowing Run) {
        let (x, weights, bias) = (run.input(0), run.input(1), hasBias ? run.input(2) : nil)
        switch reads {
        case .features:
            multiplyWide(
                images: run.batch, depth: shape.inputs, columns: shape.outputs, piece: run.piece, of: run.pieces, x: x,
                weights: weights, bias: bias, y: run.output)
        case .pictures:
            multiplyWideSparse(
                shape, images: run.batch, piece: run.piece, of: run.pieces, x: x, weights: weights, bias: bias,
                y: run.output)
        case .lists:
            multiplyLists(
                shape, images: run.batch, piece: run.piece, lists: run.input(hasBias ? 3 : 2), weights: weights,
                bias: bias, y: run.output)
        }
    }
}

/// What a wide layer multiplies its weights with.
enum WideFeatures {
    /// Numbers of which few are zero.
    case features
    /// Pictures, of which every tile is searched for zeros.
    case pictures
    /// Pictures in lists, which were made before.
    case lists
}

/// Weights as the input gradient reads them, [outputs][inputs]. Input: weights.
struct TransposedWeights: WholeOperation {
    let shape: DenseShape

    var resultType: ValueType { .whole(Shape(shape.outputs, shape.inputs)) }
    var pieces: Int { piecesOfRange(shape.inputs * shape.outputs) }

    func run(_ run: borrowing Run) {
        transpose(
            rows: shape.inputs, columns: shape.outputs, part: run.share(of: shape.inputs), from: run.input(0),
            to: run.output)
    }
}

/// The gradient with respect to a wide dense layer's features. Inputs: the gradient of its result, its transposed weights.
struct WideInputGradient: WholeOperation {
    let shape: DenseShape

    var title: String { "matrix product input gradient" }
    var variant: String? { DenseVariant.wide.label }
    var resultType: ValueType { .image(Shape(shape.inputs)) }
    var flops: Int { shape.flops }
    var pieces: Int { shape.widePieces(columns: shape.inputs) }

    func run(_ run: borrowing Run) {
        multiplyWide(
            images: run.batch, depth: shape.outputs, columns: shape.inputs, piece: run.piece, of: run.pieces,
            x: run.input(0), weights: run.input(1), bias: nil, y: run.output)
    }
}
