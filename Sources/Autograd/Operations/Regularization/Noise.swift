import Kernels
import Tensors

/// Adds normal numbers, which depend on step, layer and place alone. Input: anything that each image has.
package struct AddNoise: ImageOperation {
    let deviation: Float
    let salt: UInt64
    package let resultType: ValueType

    /// The salt tells layers apart.
    package init(_ x: Value, deviation: Float, salt: UInt64) {
        self.deviation = deviation
        self.salt = salt
        resultType = x.type
    }

    package var isRandom: Bool { true }
    package var flops: Int { 2 * resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [request.upstream]
    }

    package func run(_ run: borrowing Run) {
        let count = resultType.shape.count
        addNoise(
            count: run.images * count, first: run.firstImage * count, deviation: deviation, key: run.key(salt: salt),
            x: run.input(0), y: run.output)
    }
}

/// Multiplies by normal numbers around one, which depend on step, layer and place alone: its own gradient. Input: anything
/// that each image has.
package struct MultiplyByNoise: ImageOperation {
    let deviation: Float
    let salt: UInt64
    package let resultType: ValueType

    /// The salt tells layers apart.
    package init(_ x: Value, deviation: Float, salt: UInt64) {
        self.deviation = deviation
        self.salt = salt
        resultType = x.type
    }

    package var isRandom: Bool { true }
    package var flops: Int { 2 * resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let gradient = MultiplyByNoise(request.upstream, deviation: deviation, salt: salt)
        return [try graph.apply(gradient, to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        let count = resultType.shape.count
        multiplyByNoise(
            count: run.images * count, first: run.firstImage * count, deviation: deviation, key: run.key(salt: salt),
            x: run.input(0), y: run.output)
    }
}
