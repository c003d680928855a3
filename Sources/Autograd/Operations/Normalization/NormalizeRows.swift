import Kernels
import Tensors

/// Normalizes the last axis of every image by its own mean and variance. Inputs: anything that each image has, then γ and β of
/// that axis's length, where there are any.
package struct NormalizeRows: ImageOperation {
    private let rows: NormalizedRows
    private let hasBeta: Bool
    package let resultType: ValueType

    package var epsilon: Float { rows.epsilon }
    package var hasGamma: Bool { rows.hasGamma }

    /// ε is added to variances.
    package init(_ x: Value, epsilon: Float, gamma: Value?, beta: Value?) throws(ShapeError) {
        for parameter in [gamma, beta].compactMap(\.self) where parameter.shape != Shape(x.shape.channels) {
            throw ShapeError("takes a number for each place of the last axis", parameter.shape, x.shape)
        }
        rows = NormalizedRows(
            rows: x.shape.count / max(x.shape.channels, 1), count: x.shape.channels, epsilon: epsilon,
            hasGamma: gamma != nil)
        hasBeta = beta != nil
        resultType = x.type
    }

    package var flops: Int { 8 * resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, dy) = (request.inputs[0], request.upstream)
        let gamma = rows.hasGamma ? [request.inputs[1]] : []
        let image = RowNormalizationInputGradient(rows: rows, resultType: resultType)
        var gradients = [request.wanted[0] ? try graph.apply(image, to: [x, dy] + gamma) : nil]
        if rows.hasGamma {
            let scale = RowNormalizationScaleGradient(rows: rows)
            gradients.append(request.wanted[1] ? try graph.apply(scale, to: x, dy) : nil)
        }
        if hasBeta {
            gradients.append(request.wanted.last == true ? try graph.apply(BiasGradient(dy), to: dy) : nil)
        }
        return gradients
    }

    package func run(_ run: borrowing Run) {
        normalizeRows(
            rows: run.images * rows.rows, count: rows.count, epsilon: rows.epsilon, x: run.input(0),
            gamma: rows.hasGamma ? run.input(1) : nil, beta: hasBeta ? run.input(rows.hasGamma ? 2 : 1) : nil,
            y: run.output)
    }
}

/// The rows of an image that are normalized.
struct NormalizedRows: Sendable {
    let rows, count: Int
    let epsilon: Float
    let hasGamma: Bool
}

/// (g − mean(g) − x̂ · mean(g · x̂)) / √(variance + ε), with g = γ · dy and x̂ the normalized row. Inputs: x, the gradient of the
/// result, perhaps γ.
struct RowNormalizationInputGradient: ImageOperation {
    let rows: NormalizedRows
    let resultType: ValueType

    var flops: Int { 15 * resultType.shape.count }
    var overwritable: [Int] { [1, 0] }

    func run(_ run: borrowing Run) {
        normalizeRowsGradient(
            rows: run.images * rows.rows, count: rows.count, epsilon: rows.epsilon, x: run.input(0), dy: run.input(1),
            gamma: rows.hasGamma ? run.input(2) : nil, dx: run.output)
    }
}

/// The gradient of γ. Inputs: x, the gradient of the result.
struct RowNormalizationScaleGradient: SumOperation {
    let rows: NormalizedRows

    var resultType: ValueType { .whole(Shape(rows.count)) }
    var flops: Int { 9 * rows.rows * rows.count }
    var scratch: Int { rows.count }

    func add(_ run: borrowing Run) {
        addRowScaleGradient(
            images: run.images, rows: rows.rows, count: rows.count, epsilon: rows.epsilon, x: run.input(0),
            dy: run.input(1), sums: run.output, scratch: run.scratch)
    }
}
