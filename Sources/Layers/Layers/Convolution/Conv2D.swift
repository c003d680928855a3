import Autograd
import Schema
import Tensors

/// Slides small filters over an image.
package struct Conv2D: UnaryLayer {
    var filters = 1
    var kernelSize = Size2D(1)
    var strides = Size2D(1)
    var padding = Padding.valid
    var activation = ActivationName.linear
    var useBias = true
    var kernelInitializer: any InitializerSetting = GlorotUniform()
    var biasInitializer: any InitializerSetting = Zeros()
    var kernelRegularizer: (any Regularizer)?

    package init() {}

    package static let name = "Conv2D"
    package static let summary = "Slides small filters over an image."
    package static var fields: [Field<Conv2D>] {
        [
            .required("filters", \.filters, in: 1...1_000_000_000, "how many feature maps"),
            .required("kernel_size", \.kernelSize, in: Size2D.bounds, "height and width of the filters"),
            .optional("strides", \.strides, in: Size2D.bounds, "the distance between neighbouring windows"),
            .optional("padding", \.padding, "whether zeros surround the image"),
            .optional("activation", \.activation, "what is applied to the sums"),
            .optional("use_bias", \.useBias, "whether a constant is added to each feature map"),
            .optional("kernel_initializer", \.kernelInitializer, as: .initializer, "how the filters begin"),
            .optional("bias_initializer", \.biasInitializer, as: .initializer, "how the constants begin"),
            .optional(
                "kernel_regularizer", \.kernelRegularizer, as: Format.regularizer.orNull, "a penalty on the filters"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard x.shape.rank == 3 else {
            throw ShapeError("takes images (height, width, channels); it must come before Flatten", x.shape)
        }
        let kernel = try recorder.parameter(
            "kernel", Shape(kernelSize.height, kernelSize.width, x.shape[2], filters), kernelInitializer.initializer)
        try recorder.penalize(kernel, kernelRegularizer)
        func convolution(_ x: Value) throws(ShapeError) -> Convolution {
            try Convolution(x, kernel: kernel, hasBias: useBias, strides: strides.pair, same: padding == .same)
        }
        let y: Value
        if useBias {
            let bias = try recorder.parameter("bias", Shape(filters), biasInitializer.initializer)
            y = try recorder.graph.apply(try convolution(x), to: x, kernel, bias)
        } else {
            y = try recorder.graph.apply(try convolution(x), to: x, kernel)
        }
        return try recorder.activate(y, activation)
    }
}
