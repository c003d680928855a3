import Autograd
import Schema
import Tensors

/// y[i, j, f] = activation(bias[f] + Σ x[i · s + p, j · s + q, c] · kernel[p, q, c, f]), summed over the places p, q of the kernel
/// and the channels c, with strides s.
package struct Conv2D: UnaryLayer {
    var filters = 1
    var kernelSize = Size2D(1)
    var strides = Size2D(1)
    var padding = Padding.valid
    var dilationRate = Size2D(1)
    var groups = 1
    var activation = ActivationName.linear
    var useBias = true
    var kernelInitializer: any InitializerSetting = GlorotUniform()
    var biasInitializer: any InitializerSetting = Zeros()
    var kernelRegularizer: (any Regularizer)?
    var biasRegularizer: (any Regularizer)?

    package init() {}

    package static let name = "Conv2D"
    package static let summary = "Slides small filters over an image."
    package static var fields: [Field<Conv2D>] {
        [
            .required("filters", \.filters, in: 1...1_000_000_000, "how many feature maps"),
            .required("kernel_size", \.kernelSize, in: Size2D.bounds, "height and width of the filters"),
            .optional("strides", \.strides, in: Size2D.bounds, "the distance between neighbouring windows"),
            .optional("padding", \.padding, "whether zeros surround the image"),
            .optional(
                "dilation_rate", \.dilationRate, in: Size2D.bounds,
                "the distance between neighbouring pixels of a window; without strides only"),
            .optional(
                "groups", \.groups, in: 1...1_000_000_000,
                "how many parts the channels are divided into, each with filters of its own"),
            .optional("activation", \.activation, "what is applied to the sums"),
            .optional("use_bias", \.useBias, "whether a bias is added to each feature map"),
            .optional("kernel_initializer", \.kernelInitializer, as: .initializer, "how the filters begin"),
            .optional("bias_initializer", \.biasInitializer, as: .initializer, "initializer of the bias"),
            .optional(
                "kernel_regularizer", \.kernelRegularizer, as: Format.regularizer.orNull, "a penalty on the filters"),
            .optional(
                "bias_regularizer", \.biasRegularizer, as: Format.regularizer.orNull, "regularizer of the bias"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        checkDilation(dilationRate, strides, at: place, &problems)
        guard filters % groups != 0 else { return }
        problems.append(
            place.problem(
                at: "groups", "\(groups) groups do not divide \(filters) filters",
                remedy: "choose a divisor of \(filters)"))
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        guard x.shape[2] % groups == 0 else {
            throw ShapeError(
                "\(groups) groups do not divide the channels of its images, of which there are \(x.shape[2]); a divisor of "
                    + "both channels and filters fits", x.shape)
        }
        let kernel = try recorder.parameter(
            "kernel", Shape(kernelSize.height, kernelSize.width, x.shape[2] / groups, filters),
            kernelInitializer.initializer)
        try recorder.penalize(kernel, kernelRegularizer)
        var inputs = [x, kernel]
        if useBias {
            let bias = try recorder.parameter("bias", Shape(filters), biasInitializer.initializer)
            try recorder.penalize(bias, biasRegularizer)
            inputs.append(bias)
        }
        let y = try recorder.graph.apply(try convolution(x, kernel), to: inputs)
        return try recorder.activate(y, activation)
    }

    private func convolution(_ x: Value, _ kernel: Value) throws(ShapeError) -> any Operation {
        if groups == 1, dilationRate == Size2D(1) {
            return try Convolution(x, kernel: kernel, hasBias: useBias, strides: strides.pair, same: padding == .same)
        }
        if groups > 1, groups == x.shape[2] {
            return try DepthwiseConvolution(
                x, kernel: kernel, hasBias: useBias, strides: strides.pair, dilation: dilationRate.pair,
                same: padding == .same)
        }
        return try GeneralConvolution(
            x, kernel: kernel, hasBias: useBias, strides: strides.pair, dilation: dilationRate.pair, groups: groups,
            same: padding == .same)
    }
}

extension Layer {
    /// Keras has no windows with both strides and gaps.
    func checkDilation(_ dilation: Size2D, _ strides: Size2D, at place: Place, _ problems: inout Problems) {
        guard dilation != Size2D(1), strides != Size2D(1) else { return }
        problems.append(
            place.problem(
                at: "dilation_rate", "strides and dilation_rate exclude each other", remedy: "leave one out"))
    }
}
