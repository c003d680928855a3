import Autograd
import Kernels
import Tensors

/// Records whole nets for tests: layers without settings, and all that they leave behind.
struct NetBuilder {
    var graph = Graph()
    private(set) var parameters: [Parameter] = []
    /// New values of moving statistics.
    private(set) var updates: [(parameter: Parameter, value: Value)] = []
    /// Added to the loss.
    var penalties: [Value] = []
    /// Values to be read beside the loss.
    var outputs: [Value] = []

    mutating func parameter(_ shape: Shape, isTrainable: Bool = true, _ initializer: Initializer? = nil) throws -> Value
    {
        let parameter = Parameter(
            name: "parameter \(parameters.count)", shape: shape, isTrainable: isTrainable,
            initializer: initializer ?? .glorotUniform)
        parameters.append(parameter)
        return try graph.parameter(parameter)
    }

    mutating func convolution(
        _ x: Value, _ filters: Int, window: Int = 3, strides: Int = 1, same: Bool = false, hasBias: Bool = true
    ) throws -> Value {
        let kernel = try parameter(Shape(window, window, x.shape.channels, filters))
        let operation = try Convolution(
            x, kernel: kernel, hasBias: hasBias, strides: (strides, strides), same: same)
        guard hasBias else { return try graph.apply(operation, to: x, kernel) }
        let bias = try parameter(Shape(filters), .uniform(-0.1, 0.1))
        return try graph.apply(operation, to: x, kernel, bias)
    }

    mutating func depthwise(_ x: Value, window: Int = 3, strides: Int = 1, hasBias: Bool = false) throws -> Value {
        let kernel = try parameter(Shape(window, window, x.shape.channels, 1), .uniform(-0.5, 0.5))
        let operation = try DepthwiseConvolution(
            x, kernel: kernel, hasBias: hasBias, strides: (strides, strides), same: true)
        guard hasBias else { return try graph.apply(operation, to: x, kernel) }
        let bias = try parameter(Shape(x.shape.channels), .uniform(-0.1, 0.1))
        return try graph.apply(operation, to: x, kernel, bias)
    }

    mutating func dense(_ x: Value, _ outputs: Int) throws -> Value {
        let weights = try parameter(Shape(x.shape.count, outputs))
        let bias = try parameter(Shape(outputs), .uniform(-0.1, 0.1))
        return try dense(x, weights: weights, bias: bias)
    }

    mutating func dense(_ x: Value, weights: Value, bias: Value) throws -> Value {
        try graph.apply(MatrixProduct(x, weights: weights, hasBias: true), to: x, weights, bias)
    }

    mutating func activate(_ x: Value, _ function: any Pointwise = ReLU()) throws -> Value {
        try graph.apply(Activation(function, x), to: x)
    }

    mutating func dropout(_ x: Value, _ rate: Float = 0.3) throws -> Value {
        try graph.apply(DropElements(x, rate: rate, salt: UInt64(rate * 100)), to: x)
    }

    mutating func maxPool(_ x: Value, _ window: Int = 2, same: Bool = false) throws -> Value {
        try graph.apply(MaxPooling(x, window: (window, window), strides: (2, 2), same: same), to: x)
    }

    mutating func averagePool(_ x: Value) throws -> Value {
        let window = (x.shape[0], x.shape[1])
        return try graph.apply(AveragePooling(x, window: window, strides: (1, 1), same: false), to: x)
    }

    mutating func reshape(_ x: Value, _ shape: Shape) throws -> Value {
        try graph.apply(Reshape(x, to: shape), to: x)
    }

    mutating func flatten(_ x: Value) throws -> Value { try reshape(x, Shape(x.shape.count)) }

    /// With the batch's own statistics, or the moving ones; if it is frozen, nothing of it is learned.
    mutating func normalize(_ x: Value, isTraining: Bool = true, isFrozen: Bool = false) throws -> Value {
        let shape = Shape(x.shape.channels)
        let gamma = try parameter(shape, isTrainable: !isFrozen, .uniform(0.5, 1.5))
        let beta = try parameter(shape, isTrainable: !isFrozen, .uniform(-0.5, 0.5))
        let mean = try parameter(shape, isTrainable: false, .uniform(-0.5, 0.5))
        let variance = try parameter(shape, isTrainable: false, .uniform(0.5, 1.5))
        let normalization = Normalization(
            x, epsilon: 1e-3, hasGamma: true, hasBeta: true, usesBatchStatistics: isTraining)
        let moments =
            isTraining
            ? try graph.apply(Moments(x), to: x)
            : try graph.apply(MovingMoments(channels: shape.channels), to: mean, variance)
        if isTraining {
            for (row, moving) in [mean, variance].enumerated() {
                let average = MovingAverage(channels: shape.channels, momentum: 0.9, row: row)
                let parameter = parameters[parameters.count - 2 + row]
                updates.append((parameter, try graph.apply(average, to: moving, moments)))
            }
        }
        return try graph.apply(Normalize(normalization), to: x, moments, gamma, beta)
    }
}
