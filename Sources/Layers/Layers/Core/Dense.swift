import Autograd
import Schema
import Tensors

/// y = activation(x · kernel + bias).
package struct Dense: UnaryLayer {
    var units = 1
    var activation = ActivationName.linear
    var useBias = true
    var kernelInitializer: any InitializerSetting = GlorotUniform()
    var biasInitializer: any InitializerSetting = Zeros()
    var kernelRegularizer: (any Regularizer)?
    var biasRegularizer: (any Regularizer)?

    package init() {}

    package static let name = "Dense"
    package static let summary = "Connects every input with every output."
    package static var fields: [Field<Dense>] {
        [
            .required("units", \.units, in: 1...1_000_000_000, "how many outputs"),
            .optional("activation", \.activation, "what is applied to the sums"),
            .optional("use_bias", \.useBias, "whether a bias is added to each output"),
            .optional("kernel_initializer", \.kernelInitializer, as: .initializer, "how the weights begin"),
            .optional("bias_initializer", \.biasInitializer, as: .initializer, "initializer of the bias"),
            .optional(
                "kernel_regularizer", \.kernelRegularizer, as: Format.regularizer.orNull, "a penalty on the weights"),
            .optional(
                "bias_regularizer", \.biasRegularizer, as: Format.regularizer.orNull, "regularizer of the bias"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard x.shape.rank == 1 else {
            throw ShapeError("takes one row of features; put Flatten or a global pooling before it", x.shape)
        }
        let kernel = try recorder.parameter("kernel", Shape(x.shape[0], units), kernelInitializer.initializer)
        try recorder.penalize(kernel, kernelRegularizer)
        var inputs = [x, kernel]
        if useBias {
            let bias = try recorder.parameter("bias", Shape(units), biasInitializer.initializer)
            try recorder.penalize(bias, biasRegularizer)
            inputs.append(bias)
        }
        let y = try recorder.graph.apply(MatrixProduct(x, weights: kernel, hasBias: useBias), to: inputs)
        return try recorder.activate(y, activation)
    }
}
