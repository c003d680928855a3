import Kernels
import Tensors

/// A function of one number, applied to every element. Input: anything that each image has.
package struct Activation: ImageOperation {
    let function: any Pointwise
    package let resultType: ValueType

    /// Keeps the shape.
    package init(_ function: any Pointwise, _ x: Value) {
        self.function = function
        resultType = x.type
    }

    package var name: String { "\(type(of: function))" }
    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let known = function.gradientReadsInput ? request.inputs[0] : request.output
        return [
            try graph.apply(
                ActivationGradient(function: function, resultType: resultType), to: request.upstream, known)
        ]
    }

    package func run(_ run: borrowing Run) {
        function.apply(count: run.images * resultType.shape.count, x: run.input(0), y: run.output)
    }
}

extension Graph {
    /// Applies a function to every element. A ReLU behind a convolution becomes part of it, which by itself is computed only
    /// if somebody else reads it.
    package mutating func activate(_ x: Value, _ function: any Pointwise) throws(ShapeError) -> Value {
        if function is ReLU, let (convolution, inputs) = convolution(behind: x) {
            return try apply(convolution.rectified, to: inputs)
        }
        return try apply(Activation(function, x), to: x)
    }
}

/// The gradient times the activation's slope. Inputs: the gradient, and the activation's argument or result.
struct ActivationGradient: ImageOperation {
    let function: any Pointwise
    let resultType: ValueType

    var name: String { "\(type(of: function))Gradient" }
    var flops: Int { resultType.shape.count }
    var overwritable: [Int] { [0, 1] }

    func run(_ run: borrowing Run) {
        function.gradient(
            count: run.images * resultType.shape.count, z: run.input(1), dy: run.input(0), dx: run.output)
    }
}
