import Kernels
import Tensors

/// l1 · Σ|w| + l2 · Σ w² of a parameter. Input: the parameter.
package struct WeightPenalty: WholeOperation {
    let l1, l2: Float
    let count: Int

    /// Keras's L1, L2 and L1L2.
    package init(_ weights: Value, l1: Float, l2: Float) {
        self.l1 = l1
        self.l2 = l2
        count = weights.shape.count
    }

    package var resultType: ValueType { .whole(Shape()) }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let gradient = WeightPenaltyGradient(l1: l1, l2: l2, resultType: request.inputs[0].type)
        return [try graph.apply(gradient, to: request.inputs[0], request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        run.output.pointee = weightPenalty(count: count, l1: l1, l2: l2, weights: run.input(0))
    }
}

/// (l1 · sign w + 2 · l2 · w) · dy. Inputs: the parameter, the gradient of the penalty.
struct WeightPenaltyGradient: WholeOperation {
    let l1, l2: Float
    let resultType: ValueType

    var pieces: Int { piecesOfRange(resultType.shape.count) }

    func run(_ run: borrowing Run) {
        let range = run.share(of: resultType.shape.count)
        weightPenaltyGradient(
            count: range.count, l1: l1, l2: l2, scale: run.input(1).pointee,
            weights: run.input(0) + range.lowerBound, to: run.output + range.lowerBound)
    }
}
