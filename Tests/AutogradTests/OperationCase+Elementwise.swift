import Autograd
import Kernels
import Tensors
import TestSupport

extension OperationCase {
    private static func activation(_ name: String, _ function: any Pointwise, hasKink: Bool = false) -> OperationCase {
        OperationCase(name) { batch in
            let shape = Shape(3, 1, 7)
            return [hasKink ? .spacedImages(shape, batch: batch) : .images(shape, batch: batch, in: -4...4)]
        } record: { graph, values in
            try graph.apply(Activation(function, values[0]), to: values[0])
        }
    }

    static let activations = [
        activation("relu", ReLU(), hasKink: true),
        activation("leaky relu", LeakyReLUFunction(slope: 0.3), hasKink: true),
        activation("sigmoid", Sigmoid()),
        activation("tanh", Tanh()),
        activation("elu", ExponentialLinear(alpha: 1)),
        activation("selu", ExponentialLinear(alpha: 1.673_263_2, scale: 1.050_701), hasKink: true),
        activation("gelu", GELU()),
        activation("silu", SiLU()),
        activation("softplus", Softplus()),
        activation("relu6", BoundedReLU(maximum: 0.5), hasKink: true),
        activation("relu with everything", BoundedReLU(maximum: 1, slope: 0.25, threshold: 0), hasKink: true),
        activation("hard sigmoid", HardSigmoid(), hasKink: true),
        activation("hard swish", HardSwish(), hasKink: true),
        activation("mish", Mish()),
        activation("softsign", Softsign(), hasKink: true),
        activation("exponential", Exponential()),
    ]

    static let losses =
        [1, 2, 10, 17].flatMap { classes in
            [
                OperationCase("softmax of \(classes)") {
                    [.images(Shape(classes), batch: $0, in: -2...2)]
                } record: {
                    try $0.apply(Softmax($1[0]), to: $1[0])
                },
                OperationCase("cross-entropy of \(classes)") { batch in
                    [.images(Shape(classes), batch: batch, in: -2...2), .labels(classes: classes, batch: batch)]
                } record: {
                    try $0.apply(CrossEntropy($1[0], labels: $1[1], smoothing: 0), to: $1[0], $1[1])
                },
                OperationCase("smoothed cross-entropy of \(classes)") { batch in
                    [.images(Shape(classes), batch: batch, in: -2...2), .labels(classes: classes, batch: batch)]
                } record: {
                    try $0.apply(CrossEntropy($1[0], labels: $1[1], smoothing: 0.2), to: $1[0], $1[1])
                },
                OperationCase("squared error of \(classes)") { batch in
                    [.images(Shape(classes), batch: batch), .labels(classes: classes, batch: batch)]
                } record: {
                    let target = try $0.apply(OneHot(classes: classes), to: $1[1])
                    return try $0.apply(SquaredError($1[0], target: target), to: $1[0], target)
                },
            ]
        } + [
            OperationCase("mean over the batch") {
                [.images(Shape(5, 1, 1), batch: $0)]
            } record: { graph, values in
                let mean = try graph.apply(
                    AveragePooling(values[0], window: (5, 1), strides: (1, 1), same: false), to: values[0])
                let number = try graph.apply(Reshape(mean, to: Shape()), to: mean)
                return try graph.apply(BatchMean(number), to: number)
            }
        ]

    static let simple = [
        OperationCase("dropout") {
            [.images(Shape(4, 4, 3), batch: $0)]
        } record: {
            try $0.apply(DropElements($1[0], rate: 0.4, salt: 5), to: $1[0])
        },
        OperationCase("dropout of channels") {
            [.images(Shape(4, 4, 3), batch: $0)]
        } record: {
            try $0.apply(DropChannels($1[0], rate: 0.4, salt: 5), to: $1[0])
        },
        OperationCase("added noise") {
            [.images(Shape(4, 4, 3), batch: $0)]
        } record: {
            try $0.apply(AddNoise($1[0], deviation: 0.4, salt: 5), to: $1[0])
        },
        OperationCase("multiplied noise") {
            [.images(Shape(4, 4, 3), batch: $0)]
        } record: {
            try $0.apply(MultiplyByNoise($1[0], deviation: 0.4, salt: 5), to: $1[0])
        },
        OperationCase("constants for each channel") {
            [.images(Shape(3, 3, 2), batch: $0)]
        } record: {
            let operation = try NormalizeByConstants($1[0], before: [1, -2], factor: [0.5, 3], after: [4, 5])
            return try $0.apply(operation, to: $1[0])
        },
        OperationCase("rescaling") {
            [.images(Shape(33), batch: $0)]
        } record: {
            try $0.apply(Rescale($1[0], scale: -3, offset: 0.5), to: $1[0])
        },
        OperationCase("reshaping") {
            [.images(Shape(2, 3, 5), batch: $0)]
        } record: {
            try $0.apply(Reshape($1[0], to: Shape(6, 5)), to: $1[0])
        },
        OperationCase("adding a value to itself rescaled") {
            [.images(Shape(2, 3, 5), batch: $0)]
        } record: {
            let scaled = try $0.apply(Rescale($1[0], scale: 0.5, offset: 0), to: $1[0])
            return try $0.sum($1[0], scaled)
        },
        OperationCase("penalties of parameters") { _ in
            // Away from zero, where the absolute value has a kink.
            [.parameter("a", Shape(3, 50), in: 0.1...1), .parameter("b", Shape(9), in: -1 ... -0.1)]
        } record: {
            let a = try $0.apply(WeightPenalty($1[0], l1: 0.1, l2: 0.02), to: $1[0])
            let b = try $0.apply(WeightPenalty($1[1], l1: 0.3, l2: 0.4), to: $1[1])
            return try $0.sum(a, b)
        },
        OperationCase("a sum of parameters") { _ in
            [.parameter("a", Shape(9_000)), .parameter("b", Shape(9_000))]
        } record: {
            let sum = try $0.sum($1[0], $1[1])
            return try $0.apply(WeightPenalty(sum, l1: 0, l2: 0.001), to: sum)
        },
    ]
}
