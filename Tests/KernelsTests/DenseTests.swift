import Kernels
import Oracles
import TestSupport
import Testing

/// The lengths of one dense layer to be compared with its definition.
struct DenseCase: Sendable, CustomTestStringConvertible {
    let inputs, outputs, images: Int

    var shape: DenseShape { DenseShape(inputs: inputs, outputs: outputs) }
    var testDescription: String { "\(images) × \(inputs) → \(outputs)" }

    static let all: [DenseCase] = {
        var noise = Noise("dense layers")
        let lengths = [1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64, 65, 100, 128, 130]
        let random = (0..<60).map { _ in
            DenseCase(inputs: noise.pick(lengths), outputs: noise.pick(lengths), images: noise.integer(in: 1...33))
        }
        let tiles = (1...13).flatMap { images in
            [9, 16, 32, 64, 112].map { DenseCase(inputs: 5, outputs: $0, images: images) }
        }
        let known = [DenseCase(inputs: 1, outputs: 1, images: 1), DenseCase(inputs: 784, outputs: 10, images: 5)]
        return random + tiles + known
    }()

    /// Rows of whole vectors; every height of a tile, every width of a panel, sums longer than one search for zeros, more images
    /// than likeness is sought in.
    static let pictures: [DenseCase] = {
        let tiles = (1...13).flatMap { images in
            [16, 32, 64, 112, 256].map { DenseCase(inputs: 16 * (images % 4 + 1), outputs: $0, images: images) }
        }
        return tiles + [
            DenseCase(inputs: 2064, outputs: 48, images: 3), DenseCase(inputs: 16, outputs: 80, images: 1030),
            DenseCase(inputs: 1040, outputs: 304, images: 67), DenseCase(inputs: 16, outputs: 16, images: 397),
        ]
    }()
}

@Suite struct DenseTests {
    @Test(arguments: DenseCase.all)
    func `a dense layer equals its definition bit for bit`(_ example: DenseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * example.inputs)
        let weights = noise.floats(example.inputs * example.outputs)
        for bias in [noise.floats(example.outputs), nil] {
            let expected = Reference.dense(shape, images: example.images, x: x, weights: weights, bias: bias)
            for wall in Wall.allCases {
                let source = GuardedFloats(weights, wall)
                let start = bias.map { GuardedFloats($0, wall) }
                let packed = GuardedFloats(count: shape.packedFloats, wall)
                for piece in (0..<shape.forwardPanels.count).reversed() {
                    packDense(shape, piece: piece, weights: source.readOnly, bias: start?.readOnly, to: packed.base)
                }
                let features = GuardedFloats(x, wall)
                let y = GuardedFloats(count: expected.count, wall)
                dense(shape, images: example.images, x: features.readOnly, packedWeights: packed.readOnly, y: y.base)
                #expect(firstDifference(y.values, expected) == nil)
                #expect(packed.values != nil)
            }
        }
    }

    @Test(arguments: DenseCase.all)
    func `the gradient of the features equals its definition bit for bit`(_ example: DenseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * example.outputs)
        let weights = noise.floats(example.inputs * example.outputs)
        let expected = Reference.denseInputGradient(shape, images: example.images, dy: dy, weights: weights)
        for wall in Wall.allCases {
            let source = GuardedFloats(weights, wall)
            let packed = GuardedFloats(count: shape.transposedFloats, wall)
            for piece in (0..<shape.transposedPanels.count).reversed() {
                packDenseTransposed(shape, piece: piece, weights: source.readOnly, to: packed.base)
            }
            let gradient = GuardedFloats(dy, wall)
            let dx = GuardedFloats(count: expected.count, wall)
            denseInputGradient(
                shape, images: example.images, dy: gradient.readOnly, packedTranspose: packed.readOnly, dx: dx.base)
            #expect(firstDifference(dx.values, expected) == nil)
            #expect(packed.values != nil)
        }
    }

    @Test(arguments: DenseCase.all)
    func `the gradient of the weights equals its definition, however its rows are cut`(_ example: DenseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * example.inputs)
        let dy = noise.floats(example.images * example.outputs)
        let cut = noise.integer(in: 0...example.inputs)
        let expected = Reference.denseWeightGradient(shape, images: example.images, x: x, dy: dy)
        for wall in Wall.allCases {
            let features = GuardedFloats(x, wall)
            let gradient = GuardedFloats(dy, wall)
            let padded = GuardedFloats(count: example.images * shape.paddedGradientFloats, wall)
            if padded.count > 0 {
                shape.forwardPanels.pad(rows: example.images, from: gradient.readOnly, to: padded.base)
            }
            let dw = GuardedFloats(count: expected.count, wall)
            for inputs in [cut..<example.inputs, 0..<cut] {
                denseWeightGradient(
                    shape, images: example.images, inputs: inputs, x: features.readOnly,
                    paddedGradient: padded.count > 0 ? padded.readOnly : gradient.readOnly, dw: dw.base)
            }
            #expect(firstDifference(dw.values, expected) == nil)
            #expect(padded.values != nil)
        }
    }

    @Test(arguments: DenseCase.pictures)
    func `of pictures, what is empty is left out and changes nothing, forward and backward`(_ example: DenseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let (weights, bias) = (noise.floats(example.inputs * example.outputs), noise.floats(example.outputs))
        let dy = noise.floats(example.images * example.outputs)
        for share in [0, 30, 90, 100] {
            let x = noise.floats(example.images * example.inputs).map { noise.integer(in: 1...100) <= share ? 0 : $0 }
            let y = Reference.dense(shape, images: example.images, x: x, weights: weights, bias: bias)
            let dw = Reference.denseWeightGradient(shape, images: example.images, x: x, dy: dy)
            for wall in Wall.allCases {
                let (pictures, gradient) = (GuardedFloats(x, wall), GuardedFloats(dy, wall))
                let (matrix, start) = (GuardedFloats(weights, wall), GuardedFloats(bias, wall))
                let (result, change) = (GuardedFloats(count: y.count, wall), GuardedFloats(count: dw.count, wall))
                for piece in (0..<shape.sparsePieces).reversed() {
                    multiplyWideSparse(
                        shape, images: example.images, piece: piece, of: shape.sparsePieces, x: pictures.readOnly,
                        weights: matrix.readOnly, bias: start.readOnly, y: result.base)
                }
                #expect(firstDifference(result.values, y) == nil)
                let listed = ListedPictures(count: example.images, pixels: example.inputs)
                let lists = GuardedFloats(count: example.images * ListedPictures.floats(pixels: example.inputs), wall)
                for block in (0..<listed.blocks).reversed() {
                    listTiles(listed, block: block, from: pictures.readOnly, to: lists.base)
                }
                let product = GuardedFloats(count: y.count, wall)
                for piece in (0..<shape.listedPieces).reversed() {
                    multiplyLists(
                        shape, images: example.images, piece: piece, lists: lists.readOnly, weights: matrix.readOnly,
                        bias: start.readOnly, y: product.base)
                }
                #expect(firstDifference(product.values, y) == nil)
                for piece in (0..<5).reversed() {
                    sparseWeightGradient(
                        shape, images: example.images, piece: piece, of: 5, x: pictures.readOnly, dy: gradient.readOnly,
                        dw: change.base)
                }
                #expect(firstDifference(change.values, dw) == nil)
            }
        }
    }
}
