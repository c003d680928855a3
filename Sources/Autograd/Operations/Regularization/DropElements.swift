import Kernels
import Tensors

/// Sets a random share of the elements to zero and scales up the others. Input: anything that each image has.
///
/// Its own gradient: the same elements pass, because the choice is a function of step, layer and place alone.
package struct DropElements: ImageOperation {
    let rate: Float
    let salt: UInt64
    /// Whether what is zero in the result has no gradient anyway, for whichever reason it is zero: then there is no need to
    /// ask again what was dropped.
    var isBehindReLU = false
    package let resultType: ValueType

    /// The salt tells layers apart.
    package init(_ x: Value, rate: Float, salt: UInt64) {
        self.rate = rate
        self.salt = salt
        resultType = x.type
    }

    package var isRandom: Bool { true }
    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        guard isBehindReLU else {
            let gradient = DropElements(request.upstream, rate: rate, salt: salt)
            return [try graph.apply(gradient, to: request.upstream)]
        }
        let gradient = RectifiedDropoutGradient(rate: rate, resultType: resultType)
        return [try graph.apply(gradient, to: request.upstream, request.output)]
    }

    package func run(_ run: borrowing Run) {
        let count = resultType.shape.count
        dropElements(
            count: run.images * count, first: run.firstImage * count, rate: rate,
            key: run.key(salt: salt), x: run.input(0), y: run.output)
    }
}

/// The gradient through a dropout and the ReLU before it. Inputs: the gradient, the dropout's result.
struct RectifiedDropoutGradient: ImageOperation {
    let rate: Float
    let resultType: ValueType

    var flops: Int { resultType.shape.count }
    var overwritable: [Int] { [0] }

    func run(_ run: borrowing Run) {
        rectifiedDropoutGradient(
            count: run.images * resultType.shape.count, rate: rate, y: run.input(1), dy: run.input(0), dx: run.output)
    }
}
