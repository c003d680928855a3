import Autograd
import Kernels
import Tensors
import Testing

/// A whole net, from images (8, 8, 3) to five classes, made so that some decision of the planner matters.
struct Net: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let record: @Sendable (inout NetBuilder, Value) throws -> Value

    static let image = Shape(8, 8, 3)
    static let classes = 5

    init(_ name: String, _ record: @escaping @Sendable (inout NetBuilder, Value) throws -> Value) {
        testDescription = name
        self.record = record
    }

    static let all = [
        Net("convolutions, pools, dropout") { net, x in
            var y = try net.activate(net.convolution(x, 17))
            y = try net.dropout(net.maxPool(y))
            y = try net.maxPool(net.activate(net.convolution(y, 33, same: true)), 3, same: true)
            y = try net.dropout(net.activate(net.dense(net.dropout(net.flatten(y)), 20)), 0.5)
            return try net.dense(y, classes)
        },
        Net("convolutions that go Winograd's way") { net, x in
            var y = try net.activate(net.convolution(x, 16, same: true))
            y = try net.activate(net.convolution(y, 17, same: true))
            return try net.dense(net.flatten(net.convolution(y, 33)), classes)
        },
        Net("batch normalization") { net, x in
            var y = try net.activate(net.normalize(net.convolution(x, 8, hasBias: false)))
            y = try net.maxPool(y)
            y = try net.activate(net.normalize(net.convolution(y, 18, strides: 2, same: true, hasBias: false)))
            y = try net.flatten(net.averagePool(y))
            return try net.dense(net.normalize(net.dense(y, 16)), classes)
        },
        Net("pools of normalized images, dropout") { net, x in
            let y = try net.maxPool(net.normalize(net.activate(net.convolution(x, 17))))
            let z = try net.maxPool(net.activate(net.normalize(net.convolution(y, 16, same: true))), same: true)
            return try net.dense(net.flatten(net.dropout(z)), classes)
        },
        Net("batch normalization with moving statistics") { net, x in
            let y = try net.normalize(net.convolution(x, 8), isTraining: false)
            return try net.dense(net.flatten(net.activate(y, Tanh())), classes)
        },
        Net("an inverted residual with moving statistics") { net, x in
            try invertedResidual(&net, x, isFrozen: false)
        },
        Net("an inverted residual whose normalizations are frozen") { net, x in
            try invertedResidual(&net, x, isFrozen: true)
        },
        Net("a batch normalization that only the images reach, twice") { net, x in
            let y = try net.normalize(net.normalize(x))
            return try net.dense(net.flatten(net.normalize(y)), classes)
        },
        Net("shared weights") { net, x in
            let y = try net.activate(net.dense(net.flatten(x), 16), Tanh())
            let weights = try net.parameter(Shape(16, 16))
            let bias = try net.parameter(Shape(16), .constant(0.1))
            let z = try net.activate(net.dense(y, weights: weights, bias: bias), Sigmoid())
            return try net.dense(net.dense(z, weights: weights, bias: bias), classes)
        },
        Net("residuals") { net, x in
            let y = try net.activate(net.convolution(x, 6, same: true))
            let z = try net.convolution(net.activate(net.convolution(y, 6, same: true)), 6, same: true)
            let w = try net.activate(net.graph.sum(z, y))
            return try net.dense(net.flatten(net.graph.sum(w, y)), classes)
        },
        Net("a value added to itself") { net, x in
            let y = try net.activate(net.convolution(x, 4), Tanh())
            let z = try net.activate(net.graph.sum(y, y), SiLU())
            return try net.dense(net.flatten(z), classes)
        },
        Net("chains of reshapes") { net, x in
            let y = try net.reshape(net.reshape(net.activate(x, Tanh()), Shape(4, 16, 3)), Shape(16, 4, 3))
            let z = try net.reshape(net.convolution(y, 4), Shape(14, 2, 4))
            net.outputs.append(try net.reshape(z, Shape(28, 4)))
            return try net.dense(net.flatten(net.reshape(z, Shape(4, 28))), classes)
        },
        Net("everything in place") { net, x in
            var y = try net.convolution(x, 4)
            y = try net.dropout(net.activate(net.dropout(net.activate(y, Tanh())), Sigmoid()), 0.1)
            y = try net.graph.apply(Rescale(y, scale: 3, offset: -1), to: y)
            y = try net.activate(net.reshape(net.dropout(net.activate(y, GELU()), 0.2), Shape(12, 12)), Softplus())
            return try net.dense(net.flatten(y), classes)
        },
        Net("values read twice") { net, x in
            let y = try net.activate(net.convolution(x, 4), ExponentialLinear(alpha: 1))
            let a = try net.activate(y, Tanh())
            let b = try net.dropout(net.activate(y, LeakyReLUFunction(slope: 0.2)))
            let c = try net.graph.sum(net.graph.sum(a, b), y)
            return try net.dense(net.flatten(net.graph.sum(c, a)), classes)
        },
        Net("outputs from the middle") { net, x in
            let y = try net.convolution(x, 4)
            let z = try net.activate(y)
            let pooled = try net.maxPool(z)
            net.outputs += [x, y, z, pooled, try net.flatten(pooled), try net.flatten(x)]
            let logits = try net.dense(net.flatten(pooled), classes)
            net.outputs.append(try net.graph.apply(Softmax(logits), to: logits))
            return logits
        },
        Net("penalties of weights") { net, x in
            let y = try net.dense(net.flatten(x), 100)
            let weights = try net.parameter(Shape(100, 7))
            let bias = try net.parameter(Shape(7), .constant(0))
            for (value, l1) in [(weights, 0.01), (bias, 0), (weights, 0)] as [(Value, Float)] {
                net.penalties.append(try net.graph.apply(WeightPenalty(value, l1: l1, l2: 0.02), to: value))
            }
            return try net.dense(net.dense(net.activate(y), weights: weights, bias: bias), classes)
        },
        Net("kernels too large for many partial sums") { net, x in
            let y = try net.activate(net.convolution(net.maxPool(net.convolution(x, 64)), 256))
            return try net.dense(net.flatten(y), classes)
        },
        Net("depthwise convolutions, learned slopes, dropout and noise") { net, x in
            let kernel = try net.parameter(Shape(3, 3, 3, 6))
            let bias = try net.parameter(Shape(18), .uniform(-0.1, 0.1))
            var y = try net.graph.apply(
                DepthwiseConvolution(x, kernel: kernel, hasBias: true, strides: (1, 1), same: true), to: x, kernel, bias
            )
            let slopes = try net.parameter(Shape(1, 8, 18), .uniform(0.1, 0.5))
            y = try net.graph.apply(ParametricReLU(y, slopes: slopes), to: y, slopes)
            y = try net.graph.apply(AddNoise(y, deviation: 0.1, salt: 1), to: y)
            let second = try net.parameter(Shape(3, 2, 18, 1))
            y = try net.graph.apply(
                DepthwiseConvolution(y, kernel: second, hasBias: false, strides: (2, 2), same: false), to: y, second)
            y = try net.graph.apply(DropChannels(y, rate: 0.3, salt: 2), to: y)
            y = try net.graph.apply(MultiplyByNoise(y, deviation: 0.2, salt: 3), to: y)
            return try net.dense(net.flatten(y), classes)
        },
        Net("other sizes and orders, and layer normalization") { net, x in
            let gamma = try net.parameter(Shape(3), .uniform(0.5, 1.5))
            let beta = try net.parameter(Shape(3), .uniform(-0.5, 0.5))
            var y = try net.graph.apply(NormalizeRows(x, epsilon: 1e-3, gamma: gamma, beta: beta), to: x, gamma, beta)
            y = try net.graph.apply(Resampling(y, height: 5, width: 11, isBilinear: true), to: y)
            y = try net.graph.apply(PadImages(y, margins: Margins(top: 1, bottom: 2, left: 0, right: 1)), to: y)
            y = try net.activate(net.convolution(y, 6), Mish())
            y = try net.graph.apply(Permutation(y, axes: [2, 1, 0]), to: y)
            y = try net.graph.apply(CropImages(y, margins: Margins(top: 1, bottom: 0, left: 2, right: 1)), to: y)
            y = try net.graph.apply(Resampling(y, height: 10, width: 8, isBilinear: false), to: y)
            return try net.dense(net.flatten(net.activate(y, HardSwish())), classes)
        },
        Net("no layers but the last") { net, x in try net.dense(net.flatten(x), classes) },
    ]

    /// Convolutions of every kind, with moving statistics, bounded ReLUs, biases, and a sum around them.
    static func invertedResidual(_ net: inout NetBuilder, _ x: Value, isFrozen: Bool) throws -> Value {
        let bounded = BoundedReLU(maximum: 0.8)
        func normalize(_ x: Value) throws -> Value { try net.normalize(x, isTraining: false, isFrozen: isFrozen) }
        let stem = try net.activate(normalize(net.convolution(x, 9, strides: 2, same: true)), bounded)
        var y = try net.activate(normalize(net.convolution(stem, 20, window: 1, hasBias: false)), bounded)
        y = try net.activate(normalize(net.depthwise(y, window: 5)), bounded)
        y = try normalize(net.convolution(y, 9, window: 1))
        y = try net.graph.sum(y, stem)
        y = try net.activate(net.depthwise(y, strides: 2, hasBias: true))
        y = try net.activate(normalize(net.convolution(y, 17, window: 1)))
        y = try net.activate(net.convolution(y, 16, window: 2, hasBias: false), bounded)
        return try net.dense(net.flatten(y), classes)
    }
}
