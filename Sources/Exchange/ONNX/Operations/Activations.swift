import Autograd
import Kernels

/// A function of one number that ONNX has, or that can be put together there.
protocol ONNXFunction: Pointwise {
    /// Writes the operators that compute it from a tensor, and tells the name of what they give.
    func write(_ x: String, into onnx: inout ONNXGraph) -> String
}

extension Activation: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) throws(ExportError) -> StoredTensor {
        guard let function = function as? any ONNXFunction else {
            throw ExportError(["layer \"\(node.layer)\": nothing translates the activation \(name) for ONNX yet"])
        }
        let x = onnx.anyTensor(of: node.inputs[0])
        return x.with(function.write(x.name, into: &onnx))
    }
}

/// A function that is an operator without settings.
private protocol NamedFunction: ONNXFunction {
    static var operatorName: String { get }
}

extension NamedFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String { onnx.apply(Self.operatorName, to: [x]) }
}

extension ReLU: NamedFunction { static let operatorName = "Relu" }
extension Sigmoid: NamedFunction { static let operatorName = "Sigmoid" }
extension Tanh: NamedFunction { static let operatorName = "Tanh" }
extension Softplus: NamedFunction { static let operatorName = "Softplus" }
extension Softsign: NamedFunction { static let operatorName = "Softsign" }
extension Exponential: NamedFunction { static let operatorName = "Exp" }
extension HardSwish: NamedFunction { static let operatorName = "HardSwish" }

extension HardSigmoid: ONNXFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        onnx.apply("HardSigmoid", to: [x], [("alpha", .number(1 / 6)), ("beta", .number(0.5))])
    }
}

extension LeakyReLUFunction: ONNXFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        onnx.apply("LeakyRelu", to: [x], [("alpha", .number(slope))])
    }
}

extension ExponentialLinear: ONNXFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        guard scale != 1 else { return onnx.apply("Elu", to: [x], [("alpha", .number(alpha))]) }
        return onnx.apply("Selu", to: [x], [("alpha", .number(alpha)), ("gamma", .number(scale))])
    }
}

extension SiLU: ONNXFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        onnx.apply("Mul", to: [x, onnx.apply("Sigmoid", to: [x])])
    }
}

extension Mish: ONNXFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        onnx.apply("Mul", to: [x, onnx.apply("Tanh", to: [onnx.apply("Softplus", to: [x])])])
    }
}

extension GELU: ONNXFunction {
    /// x · (1 + erf(x / √2)) · ½, step by step as runtimes know it and make one operator of it.
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        let scaled = onnx.apply("Div", to: [x, onnx.constant("sqrt_2", Float(2).squareRoot())])
        let error = onnx.apply("Erf", to: [scaled])
        let distribution = onnx.apply("Add", to: [error, onnx.constant("one", 1)])
        return onnx.apply(
            "Mul", to: [onnx.apply("Mul", to: [x, distribution]), onnx.constant("half", 0.5)])
    }
}

extension BoundedReLU: ONNXFunction {
    func write(_ x: String, into onnx: inout ONNXGraph) -> String {
        switch (slope == 0, threshold == 0) {
        case (true, true):
            return onnx.apply("Clip", to: [x, onnx.constant("min", 0), onnx.constant("max", maximum)])
        case (true, false):
            return writeMaximum(onnx.apply("ThresholdedRelu", to: [x], [("alpha", .number(threshold))]), into: &onnx)
        case (false, true):
            return writeMaximum(onnx.apply("LeakyRelu", to: [x], [("alpha", .number(slope))]), into: &onnx)
        case (false, false):
            let threshold = onnx.constant("threshold", threshold)
            let below = onnx.apply("Sub", to: [x, threshold])
            let line = onnx.apply("Mul", to: [below, onnx.constant("slope", slope)])
            let isBelow = onnx.apply("LessOrEqual", to: [x, threshold])
            return onnx.apply("Where", to: [isBelow, line, writeMaximum(x, into: &onnx)])
        }
    }

    private func writeMaximum(_ x: String, into onnx: inout ONNXGraph) -> String {
        maximum.isFinite ? onnx.apply("Min", to: [x, onnx.constant("max", maximum)]) : x
    }
}
