import Kernels
import Testing

/// Which variants run for known layers: a threshold that moves changes last bits of trainings, and should not move unnoticed.
@Suite struct ChoicesTests {
    @Test(arguments: [
        (ConvolutionCase(size: (28, 28), channels: 1, filters: 32), "direct"),
        (ConvolutionCase(size: (28, 28), channels: 15, filters: 64), "direct"),
        (ConvolutionCase(size: (28, 28), channels: 64, filters: 15), "direct"),
        (ConvolutionCase(size: (14, 14), strides: (2, 2), channels: 64, filters: 64), "direct"),
        (ConvolutionCase(size: (4, 4), channels: 16, filters: 16), "Winograd 2×2"),
        (ConvolutionCase(size: (14, 14), same: true, channels: 128, filters: 256), "Winograd 4×4"),
    ])
    func `a convolution runs directly or by Winograd's tiles`(_ example: ConvolutionCase, _ label: String) {
        #expect(example.shape.variant.label == label)
    }

    struct Joined: Sendable, CustomTestStringConvertible {
        let example: PooledCase
        let forward: String?
        let inputGradient, kernelGradient: String

        init(_ example: PooledCase, _ forward: String?, _ inputGradient: String = "", _ kernelGradient: String = "") {
            (self.example, self.forward) = (example, forward)
            (self.inputGradient, self.kernelGradient) = (inputGradient, kernelGradient)
        }

        var testDescription: String { example.testDescription }
    }

    @Test(arguments: [
        Joined(
            PooledCase(ConvolutionCase(size: (28, 28), channels: 1, filters: 32)),
            "in registers", "direct", "narrow"),
        Joined(
            PooledCase(ConvolutionCase(size: (28, 28), channels: 1, filters: 4)),
            "in registers, pairs of images", "direct", "narrow"),
        Joined(
            PooledCase(ConvolutionCase(size: (28, 28), window: (6, 6), channels: 1, filters: 32)),
            "direct", "direct", "narrow"),
        Joined(
            PooledCase(ConvolutionCase(size: (28, 28), channels: 1, filters: 32), window: (9, 9)),
            "direct", "direct", "direct"),
        Joined(
            PooledCase(ConvolutionCase(size: (9, 8), channels: 6, filters: 33)),
            "direct", "lists behind the pool", "lists behind the pool"),
        Joined(
            PooledCase(ConvolutionCase(size: (13, 13), channels: 32, filters: 64)),
            "Winograd 4×4", "lists behind the pool", "lists behind the pool"),
        Joined(
            PooledCase(ConvolutionCase(size: (9, 11), channels: 8, filters: 16), window: (1, 3)),
            "direct", "direct", "direct"),
        Joined(PooledCase(ConvolutionCase(size: (14, 14), channels: 16, filters: 16), window: (3, 3)), nil),
    ])
    func `a convolution and its pool run together where that is faster`(_ joined: Joined) {
        let shape = ConvolutionMaximaShape(joined.example.convolution.shape, joined.example.pool)
        #expect(shape?.variant.label == joined.forward)
        if let shape {
            #expect(shape.inputGradient.label == joined.inputGradient)
            #expect(shape.kernelGradient.label == joined.kernelGradient)
        }
    }

    @Test(arguments: [
        (DenseShape(inputs: 784, outputs: 64), false, "packed"),
        (DenseShape(inputs: 784, outputs: 100), false, "packed"),
        (DenseShape(inputs: 784, outputs: 128), false, "wide"),
        (DenseShape(inputs: 784, outputs: 128), true, "wide, margins of pictures left out"),
        (DenseShape(inputs: 784, outputs: 256), true, "wide, pictures in lists"),
        (DenseShape(inputs: 784, outputs: 256), false, "wide"),
    ])
    func `a dense layer reads packed weights, or all of them once a batch`(
        _ shape: DenseShape, _ readsPictures: Bool, _ label: String
    ) {
        #expect(shape.variant(ofPictures: readsPictures).label == label)
    }
}
