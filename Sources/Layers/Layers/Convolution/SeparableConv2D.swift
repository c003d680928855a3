import Autograd
import Schema
import Tensors

/// Slides small filters over every channel by itself, and mixes the channels of every pixel.
package struct SeparableConv2D: UnaryLayer {
    var filters = 1
    var kernelSize = Size2D(1)
    var strides = Size2D(1)
    var padding = Padding.valid
    var dilationRate = Size2D(1)
    var depthMultiplier = 1
    var activation = ActivationName.linear
    var useBias = true
    var depthwiseInitializer: any InitializerSetting = GlorotUniform()
    var pointwiseInitializer: any InitializerSetting = GlorotUniform()
    var biasInitializer: any InitializerSetting = Zeros()
    var depthwiseRegularizer: (any Regularizer)?
    var pointwiseRegularizer: (any Regularizer)?
    var biasRegularizer: (any Regularizer)?

    package init() {}

    package static let name = "SeparableConv2D"
    package static let summary =
        "Slides filters over every channel by itself, then mixes the channels of each pixel."
    package static var fields: [Field<SeparableConv2D>] {
        [
            .required("filters", \.filters, in: 1...1_000_000_000, "how many feature maps"),
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
            .optional("pointwise_initializer", \.pointwiseInitializer, as: .initializer, "how the mixture begins"),
            .optional("bias_initializer", \.biasInitializer, as: .initializer, "initializer of the bias"),
            .optional(
                "depthwise_regularizer", \.depthwiseRegularizer, as: Format.regularizer.orNull,
                "a penalty on the filters"),
            .optional(
                "pointwise_regularizer", \.pointwiseRegularizer, as: Format.regularizer.orNull,
                "a penalty on the mixture"),
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
        let depthwise = try recorder.parameter(
            "depthwise_kernel", Shape(kernelSize.height, kernelSize.width, channels, depthMultiplier),
            depthwiseInitializer.initializer)
        let pointwise = try recorder.parameter(
            "pointwise_kernel", Shape(1, 1, channels * depthMultiplier, filters), pointwiseInitializer.initializer)
        try recorder.penalize(depthwise, depthwiseRegularizer)
        try recorder.penalize(pointwise, pointwiseRegularizer)
        let bias = useBias ? try recorder.parameter("bias", Shape(filters), biasInitializer.initializer) : nil
        if let bias { try recorder.penalize(bias, biasRegularizer) }
        let maps = try recorder.graph.apply(
            DepthwiseConvolution(
                x, kernel: depthwise, hasBias: false, strides: strides.pair, dilation: dilationRate.pair,
                same: padding == .same),
            to: x, depthwise)
        let mixture = try Convolution(maps, kernel: pointwise, hasBias: useBias, strides: (1, 1), same: false)
        let y = try recorder.graph.apply(mixture, to: [maps, pointwise] + (bias.map { [$0] } ?? []))
        return try recorder.activate(y, activation)
    }
}
