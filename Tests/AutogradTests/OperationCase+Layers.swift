import Autograd
import Tensors
import TestSupport

extension OperationCase {
    private static func depthwise(
        _ image: Shape, kernel: (Int, Int), multiplier: Int = 1, strides: (Int, Int) = (1, 1),
        dilation: (Int, Int) = (1, 1), same: Bool = false, hasBias: Bool = true, isGrouped: Bool = false
    ) -> OperationCase {
        let what =
            "\(image), \(kernel), strides \(strides), dilation \(dilation), \(same ? "same" : "valid") · \(multiplier)"
            + (isGrouped ? " in groups" : "")
        return OperationCase("depthwise convolution \(what)\(hasBias ? "" : ", no bias")") { batch in
            let (channels, filters) = isGrouped ? (1, image.channels * multiplier) : (image.channels, multiplier)
            return [
                .images(image, batch: batch), .parameter("kernel", Shape(kernel.0, kernel.1, channels, filters)),
            ] + (hasBias ? [.parameter("bias", Shape(image.channels * multiplier))] : [])
        } record: { graph, values in
            let operation = try DepthwiseConvolution(
                values[0], kernel: values[1], hasBias: hasBias, strides: strides, dilation: dilation, same: same)
            return try graph.apply(operation, to: values)
        }
    }

    static let depthwiseConvolutions = [
        depthwise(Shape(1, 1, 1), kernel: (1, 1)),
        depthwise(Shape(1, 1, 17), kernel: (3, 3), same: true),
        depthwise(Shape(6, 5, 3), kernel: (3, 2), hasBias: false),
        depthwise(Shape(7, 7, 2), kernel: (2, 3), multiplier: 3, strides: (3, 4)),
        depthwise(Shape(6, 8, 1), kernel: (4, 3), multiplier: 17, strides: (2, 3), same: true),
        depthwise(Shape(5, 7, 18), kernel: (3, 3), strides: (2, 2), same: true),
        depthwise(Shape(5, 6, 16), kernel: (5, 5), same: true),
        depthwise(Shape(7, 6, 3), kernel: (3, 2), multiplier: 2, dilation: (2, 3)),
        depthwise(Shape(5, 6, 17), kernel: (3, 3), dilation: (3, 1), same: true),
        depthwise(Shape(5, 6, 17), kernel: (3, 2), same: true, isGrouped: true),
        depthwise(Shape(6, 5, 3), kernel: (3, 3), multiplier: 2, strides: (2, 1), hasBias: false, isGrouped: true),
    ]

    private static func general(
        _ image: Shape, kernel: (Int, Int), filters: Int, groups: Int = 1, strides: (Int, Int) = (1, 1),
        dilation: (Int, Int) = (1, 1), same: Bool = false, hasBias: Bool = true
    ) -> OperationCase {
        let what = "\(image), \(kernel), strides \(strides), dilation \(dilation), \(same ? "same" : "valid")"
        return OperationCase("convolution \(what) → \(filters) in \(groups)\(hasBias ? "" : ", no bias")") { batch in
            [
                .images(image, batch: batch),
                .parameter("kernel", Shape(kernel.0, kernel.1, image.channels / groups, filters)),
            ] + (hasBias ? [.parameter("bias", Shape(filters))] : [])
        } record: { graph, values in
            let operation = try GeneralConvolution(
                values[0], kernel: values[1], hasBias: hasBias, strides: strides, dilation: dilation, groups: groups,
                same: same)
            return try graph.apply(operation, to: values)
        }
    }

    static let generalConvolutions = [
        general(Shape(7, 6, 2), kernel: (3, 2), filters: 3, dilation: (2, 3)),
        general(Shape(4, 5, 1), kernel: (3, 3), filters: 17, dilation: (2, 1), same: true, hasBias: false),
        general(Shape(5, 6, 6), kernel: (2, 3), filters: 3, groups: 3, strides: (2, 3)),
        general(Shape(5, 4, 4), kernel: (3, 3), filters: 6, groups: 2, dilation: (1, 2), same: true),
    ]

    private static func reshaping(
        _ name: String, _ image: Shape, _ operation: @escaping @Sendable (Value) throws -> any Operation
    ) -> OperationCase {
        OperationCase("\(name) of \(image)") {
            [.images(image, batch: $0)]
        } record: { graph, values in
            let operation = try operation(values[0])
            return try graph.apply(operation, to: values)
        }
    }

    static let reshapings = [Shape(3, 4, 1), Shape(5, 3, 17)].flatMap { image in
        [
            reshaping("padding", image) { try PadImages($0, margins: Margins(top: 1, bottom: 0, left: 2, right: 3)) },
            reshaping("cropping", image) { try CropImages($0, margins: Margins(top: 1, bottom: 0, left: 1, right: 1)) },
            reshaping("another order", image) { try Permutation($0, axes: [2, 0, 1]) },
            reshaping("nearest pixels", image) { try Resampling($0, height: 7, width: 2, isBilinear: false) },
            reshaping("mixed pixels", image) { try Resampling($0, height: 7, width: 2, isBilinear: true) },
            reshaping("doubled pixels", image) { try Resampling($0, height: 6, width: 8, isBilinear: true) },
        ]
    }

    static let slopes = [
        (Shape(7), Shape(7)), (Shape(3, 2, 17), Shape(1, 1, 17)), (Shape(3, 2, 5), Shape(3, 1, 5)),
        (Shape(3, 2, 5), Shape(1, 1, 1)), (Shape(4, 3), Shape(4, 1)),
    ].map { image, slopes in
        OperationCase("learned slopes \(slopes) for \(image)") {
            [.spacedImages(image, batch: $0), .parameter("slopes", slopes)]
        } record: { graph, values in
            try graph.apply(ParametricReLU(values[0], slopes: values[1]), to: values)
        }
    }

    static let rowNormalizations = [Shape(2), Shape(17), Shape(3, 2, 5), Shape(2, 2, 33)].flatMap { image in
        [(true, true), (true, false), (false, true), (false, false)].map { gamma, beta in
            OperationCase("layer normalization \(image)\(gamma ? " γ" : "")\(beta ? " β" : "")") { batch in
                var inputs: [CheckedInput] = [.images(image, batch: batch, in: -1...3)]
                if gamma { inputs.append(.parameter("gamma", Shape(image.channels), in: 0.5...2)) }
                if beta { inputs.append(.parameter("beta", Shape(image.channels))) }
                return inputs
            } record: { graph, values in
                let operation = try NormalizeRows(
                    values[0], epsilon: 0.1, gamma: gamma ? values[1] : nil, beta: beta ? values.last : nil)
                return try graph.apply(operation, to: values)
            }
        }
    }
}
