import Kernels
import Tensors

/// A function of one number, applied to every element. Input: anything that each image has.
package struct Activation: ImageOperation {
    package let function: any Pointwise
    package let resultType: ValueType

    /// Keeps the shape.
    package init(_ function: any Pointwise, _ x: Value) {
        self.function = function
        resultType = x.type
    }

    package var name: String { "\(type(of: function))" }
    var isReLU: Bool { function is ReLU }
    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let known = function.gradientReadsInput ? request.inputs[0] : request.output
        let gradient = ActivationGradient(function: function, resultType: resultType)
        return [try graph.apply(gradient, to: request.upstream, known)]
    }

    package func run(_ run: borrowing Run) {
        function.apply(count: run.images * resultType.shape.count, x: run.input(0), y: run.output)
    }
}

/// The gradient times the activation's slope. Inputs: the gradient, and the activation's argument or result.
struct ActivationGradient: ImageOperation {
    let function: any Pointwise
    let resultType: ValueType

    var name: String { "\(type(of: function))Gradient" }
    var isOfReLU: Bool { function is ReLU }
    var flops: Int { resultType.shape.count }
    var overwritable: [Int] { [0, 1] }

    func run(_ run: borrowing Run) {
        function.gradient(
            count: run.images * resultType.shape.count, z: run.input(1), dy: run.input(0), dx: run.output)
    }
}
