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
        if function is ReLU { return [try graph.gradient(ofReLU: request.output, upstream: request.upstream)] }
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

    /// The gradient of a ReLU's argument. Where whatever read the ReLU's result can see to it, that does it.
    mutating func gradient(ofReLU result: Value, upstream: Value) throws(ShapeError) -> Value {
        if isZero(upstream, whereRectified: result) { return upstream }
        let node = nodes[upstream.node]
        if let gradient = node.operation as? any GateableGradient, node.inputs[0] == result {
            return try apply(gradient.gated, to: node.inputs)
        }
        return try apply(ActivationGradient(function: ReLU(), resultType: result.type), to: upstream, result)
    }
}

/// What may have a ReLU as its last step.
protocol Rectifier: ImageOperation {
    var rectifies: Bool { get }
}

extension Activation: Rectifier {
    var rectifies: Bool { function is ReLU }
}

extension Graph {
    /// Whether a value is the result of a ReLU, perhaps in another shape.
    func isRectified(_ value: Value) -> Bool {
        (nodes[beforeReshapes(value).node].operation as? any Rectifier)?.rectifies == true
    }

    /// Whether a gradient is zero already wherever the result of a ReLU is: it came through a dropout of that result.
    func isZero(_ gradient: Value, whereRectified result: Value) -> Bool {
        let node = nodes[beforeReshapes(gradient).node]
        guard node.operation is RectifiedDropoutGradient else { return false }
        let dropout = nodes[node.inputs[1].node]
        return beforeReshapes(dropout.inputs[0]) == beforeReshapes(result)
    }
}

/// A gradient of its first input that can be that of a ReLU's argument at once, if the input is the ReLU's result.
protocol GateableGradient: ImageOperation {
    /// The same, zero where the input is.
    var gated: any ImageOperation { get }
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
