import Kernels
import Tensors

/// (x − before) · factor + after, with constants for each channel. Input: anything that each image has.
package struct NormalizeByConstants: ImageOperation {
    package let before, factor, after: [Float]
    package let resultType: ValueType

    /// As many of each as x has channels.
    package init(_ x: Value, before: [Float], factor: [Float], after: [Float]) throws(ShapeError) {
        for constants in [before, factor, after] where constants.count != x.shape.channels {
            throw ShapeError("takes a number for each channel", Shape(constants.count), x.shape)
        }
        self.before = before
        self.factor = factor
        self.after = after
        resultType = x.type
    }

    private var count: Int { resultType.shape.count }
    package var flops: Int { 3 * count }
    package var overwritable: [Int] { [0] }
    /// The constants of all elements of an image, so that few channels make no short loops.
    package var preparation: Preparation? { Preparation(floats: 3 * count, pieces: 1) }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let zeros = [Float](repeating: 0, count: factor.count)
        let gradient = try NormalizeByConstants(request.upstream, before: zeros, factor: factor, after: zeros)
        return [try graph.apply(gradient, to: request.upstream)]
    }

    package func prepare(_ run: borrowing Run) {
        for index in 0..<count {
            let channel = index % factor.count
            run.prepared[index] = before[channel]
            run.prepared[count + index] = factor[channel]
            run.prepared[2 * count + index] = after[channel]
        }
    }

    package func run(_ run: borrowing Run) {
        normalizeByConstants(
            images: run.images, count: count, x: run.input(0), before: run.prepared, factor: run.prepared + count,
            after: run.prepared + 2 * count, y: run.output)
    }
}
