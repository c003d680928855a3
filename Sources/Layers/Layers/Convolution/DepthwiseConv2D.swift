import Autograd
import Schema
import Tensors

/// y[i, j, c · m + k] = activation(bias[c · m + k] + Σ x[i · s + p, j · s + q, c] · kernel[p, q, c, k]), summed over the places
/// p, q of the kernel, with m filters for each channel and strides s.
package struct DepthwiseConv2D: UnaryLayer {
    var kernelSize = Size2D(1)
    var strides = Size2D(1)
    var padding = Padding.valid
    var dilationRate = Size2D(1)
    var depthMultiplier = 1
    var activation = ActivationName.linear
    var useBias = true
    var depthwiseInitializer: any InitializerSetting = GlorotUniform()
    var biasInitializer: any InitializerSetting = Zeros()
    var depthwiseRegularizer: (any Regularizer)?
    var biasRegularizer: (any Regularizer)?

    package init() {}

    package static let name = "DepthwiseConv2D"
    package static let summary = "Slides small filters over every channel by itself."
    package static var fields: [Field<DepthwiseConv2D>] {
        [
            .required("kernel_size", \.kernelSize, in: Size2D.bounds, "height and width of the filters"),
            .optional("strides", \.strides, in: Size2D.bounds, "the distance between neighbouring windows"),
            .optional("padding", \.padding, "whether zeros surround the image"),
            .optional(
                "dilation_rate", \.dilationRate, in: Size2D.bounds,
                "the distance between neighbouring pixels of a window; without strides only"),
            .optional("depth_multiplier", \.depthMultiplier, in: 1...65_536, "how many filters each channel has"),
            .optional("activation", \.activation, "what is applied to the sums"),
            .optional("use_bias", \.useBias, "whether a bias is added to each feature map"),
            .optional("depthwise_initializer", \.depthwiseInitializer, as: .initializer, "how the filters begin"),
            .optional("bias_initializer", \.biasInitializer, as: .initializer, "initializer of the bias"),
            .optional(
                "depthwise_regularizer", \.depthwiseRegularizer, as: Format.regularizer.orNull,
                "a penalty on the filters"),
            .optional(
                "bias_regularizer", \.biasRegularizer, as: Format.regularizer.orNull, "regularizer of the bias"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        checkDilation(dilationRate, strides, at: place, &problems)
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        let channels = x.shape.channels
        let kernel = try recorder.parameter(
            "kernel", Shape(kernelSize.height, kernelSize.width, channels, depthMultiplier),
            depthwiseInitializer.initializer)
        try recorder.penalize(kernel, depthwiseRegularizer)
        var inputs = [x, kernel]
        if useBias {
            let shape = Shape(channels * depthMultiplier)
            let bias = try recorder.parameter("bias", shape, biasInitializer.initializer)
            try recorder.penalize(bias, biasRegularizer)
            inputs.append(bias)
        }
        let convolution = try DepthwiseConvolution(
            x, kernel: kernel, hasBias: useBias, strides: strides.pair, dilation: dilationRate.pair,
            same: padding == .same)
        return try recorder.activate(try recorder.graph.apply(convolution, to: inputs), activation)
    }
}
