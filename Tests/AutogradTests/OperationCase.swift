import Autograd
import Kernels
import Tensors
import TestSupport
import Testing

/// An operation at one shape, whose gradients are to be checked.
struct OperationCase: Sendable, CustomTestStringConvertible {
    let name: String
    let batch: Int
    let inputs: @Sendable (_ batch: Int) -> [CheckedInput]
    let record: @Sendable (inout Graph, [Value]) throws -> Value

    init(
        _ name: String, batch: Int = 3, _ inputs: @escaping @Sendable (_ batch: Int) -> [CheckedInput],
        record: @escaping @Sendable (inout Graph, [Value]) throws -> Value
    ) {
        self.name = name
        self.batch = batch
        self.inputs = inputs
        self.record = record
    }

    var testDescription: String { "\(name), batch \(batch)" }

    /// The same for a batch of one and for one that no shard or group divides.
    func inBatches() -> [OperationCase] {
        [1, batch, 33].map { OperationCase(name, batch: $0, inputs, record: record) }
    }

    static let all =
        (convolutions + depthwiseConvolutions + generalConvolutions + denseLayers + pools + reshapings + activations
        + slopes + losses
        + normalizations + rowNormalizations + simple + merges + augmentations).flatMap { $0.inBatches() }
}

extension OperationCase {
    private static func convolution(
        _ image: Shape, kernel: (Int, Int), filters: Int, strides: (Int, Int) = (1, 1), same: Bool = false
    ) -> OperationCase {
        OperationCase(
            "convolution \(image), \(kernel), strides \(strides), \(same ? "same" : "valid") → \(filters)"
        ) { batch in
            [
                .images(image, batch: batch),
                .parameter("kernel", Shape(kernel.0, kernel.1, image.channels, filters)),
                .parameter("bias", Shape(filters)),
            ]
        } record: { graph, values in
            try graph.apply(
                Convolution(values[0], kernel: values[1], hasBias: true, strides: strides, same: same),
                to: values[0], values[1], values[2])
        }
    }

    static let convolutions = [
        convolution(Shape(1, 1, 1), kernel: (1, 1), filters: 1),
        convolution(Shape(1, 1, 17), kernel: (3, 3), filters: 2, same: true),
        convolution(Shape(6, 5, 3), kernel: (3, 2), filters: 5),
        convolution(Shape(7, 7, 2), kernel: (2, 3), filters: 17, strides: (3, 4)),
        convolution(Shape(6, 8, 1), kernel: (4, 3), filters: 3, strides: (2, 3), same: true),
        convolution(Shape(5, 5, 4), kernel: (5, 5), filters: 16),
        // Winograd's way.
        convolution(Shape(6, 7, 17), kernel: (3, 3), filters: 16),
        convolution(Shape(4, 5, 16), kernel: (3, 3), filters: 33, same: true),
        OperationCase("convolution without a bias") { batch in
            [.images(Shape(4, 4, 2), batch: batch), .parameter("kernel", Shape(3, 3, 2, 3))]
        } record: { graph, values in
            try graph.apply(
                Convolution(values[0], kernel: values[1], hasBias: false, strides: (1, 1), same: false),
                to: values[0], values[1])
        },
    ]

    private static func dense(_ inputs: Int, _ outputs: Int) -> OperationCase {
        OperationCase("dense \(inputs) → \(outputs)") { batch in
            [
                .images(Shape(inputs), batch: batch), .parameter("weights", Shape(inputs, outputs)),
                .parameter("bias", Shape(outputs)),
            ]
        } record: { graph, values in
            try graph.apply(
                MatrixProduct(values[0], weights: values[1], hasBias: true), to: values[0], values[1], values[2])
        }
    }

    static let denseLayers = [dense(1, 1), dense(17, 3), dense(16, 32), dense(5, 65)]

    static let pools = [false, true].flatMap { same in
        [
            (Shape(1, 1, 1), (1, 1), (1, 1)), (Shape(6, 6, 17), (2, 2), (2, 2)), (Shape(7, 5, 2), (3, 2), (1, 3)),
            (Shape(9, 8, 1), (2, 2), (4, 3)), (Shape(4, 3, 5), (4, 3), (4, 3)),
        ].flatMap { image, window, strides in
            let what = "\(image), \(window) by \(strides), \(same ? "same" : "valid")"
            return [
                OperationCase("max pooling \(what)") {
                    [.spacedImages(image, batch: $0)]
                } record: { graph, values in
                    try graph.apply(
                        MaxPooling(values[0], window: window, strides: strides, same: same), to: values[0])
                },
                OperationCase("average pooling \(what)") {
                    [.images(image, batch: $0)]
                } record: { graph, values in
                    try graph.apply(
                        AveragePooling(values[0], window: window, strides: strides, same: same), to: values[0])
                },
            ]
        }
    }
}
