// The layers of an EfficientNet as it needs them.

/// How the kernels of all convolutions begin: He's variance for the outputs.
private var kernelInitializer: VarianceScaling {
    var initializer = VarianceScaling()
    initializer.scale = 2
    initializer.mode = .outgoing
    return initializer
}

extension Conv2D {
    /// Without bias, for a normalization follows. Where Keras has a stride of 2 it pads in a layer of its own and then not at
    /// all, with the same zeros as `same`, whatever the image's size.
    init(_ filters: Int, kernel: Int = 1, stride: Int = 1) {
        self.init()
        self.filters = filters
        kernelSize = Size2D(kernel)
        strides = Size2D(stride)
        padding = .same
        useBias = false
        self.kernelInitializer = Layers.kernelInitializer
    }

    /// Of single pixels, with bias and activation.
    init(_ filters: Int, activation: ActivationName) {
        self.init(filters)
        useBias = true
        self.activation = activation
    }
}

extension DepthwiseConv2D {
    init(kernel: Int, stride: Int) {
        self.init()
        kernelSize = Size2D(kernel)
        strides = Size2D(stride)
        padding = .same
        useBias = false
        depthwiseInitializer = kernelInitializer
    }
}

extension ActivationLayer {
    init(_ activation: ActivationName) {
        self.init()
        self.activation = activation
    }
}

extension ReshapeLayer {
    init(to shape: [Int]) {
        self.init()
        targetShape = shape
    }
}

extension Rescaling {
    init(_ scale: Numbers, offset: Double = 0) {
        self.init()
        self.scale = scale
        self.offset = Numbers(offset)
    }
}
