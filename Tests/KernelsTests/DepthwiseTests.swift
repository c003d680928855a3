import Kernels
import Oracles
import TestSupport
import Testing

/// The lengths of one depthwise convolution to be compared with its definition.
struct DepthwiseCase: Sendable, CustomTestStringConvertible {
    var size = (6, 6)
    var window = (3, 3)
    var strides = (1, 1)
    var dilation = (1, 1)
    var same = false
    var channels = 3
    var multiplier = 1
    var images = 2

    var shape: DepthwiseShape {
        DepthwiseShape(
            vertical: Windows(
                size: size.0, window: window.0, stride: strides.0, dilation: dilation.0, same: same)!,
            horizontal: Windows(
                size: size.1, window: window.1, stride: strides.1, dilation: dilation.1, same: same)!,
            channels: channels, multiplier: multiplier)
    }

    var testDescription: String {
        "\(images) × \(size.0)×\(size.1)×\(channels)·\(multiplier), \(window.0)×\(window.1) by \(strides.0),\(strides.1)"
            + (dilation == (1, 1) ? "" : " dilated \(dilation.0),\(dilation.1)") + (same ? " same" : "")
    }

    static let all: [DepthwiseCase] = {
        var noise = Noise("depthwise")
        let odd = [
            DepthwiseCase(size: (1, 1), window: (1, 1), channels: 1, images: 1),
            DepthwiseCase(size: (1, 1), window: (7, 3), strides: (9, 9), same: true, channels: 17),
            DepthwiseCase(size: (5, 4), window: (5, 4), channels: 33),
            DepthwiseCase(size: (14, 15), same: true, channels: 64, images: 1),
            DepthwiseCase(size: (9, 20), window: (5, 5), same: true, channels: 16),
            DepthwiseCase(size: (9, 19), window: (2, 2), strides: (4, 5), channels: 40),
            DepthwiseCase(size: (9, 9), window: (2, 2), strides: (5, 4), same: true, channels: 65),
            DepthwiseCase(size: (7, 6), window: (4, 3), strides: (1, 2), same: true, channels: 100),
            DepthwiseCase(size: (10, 11), strides: (2, 2), same: true, channels: 1, multiplier: 8),
            DepthwiseCase(size: (6, 5), same: true, channels: 7, multiplier: 3),
            DepthwiseCase(size: (4, 9), window: (7, 7), same: true, channels: 2, multiplier: 2),
            DepthwiseCase(size: (9, 8), dilation: (2, 3), channels: 17),
            DepthwiseCase(size: (9, 8), dilation: (1, 2), same: true, channels: 33, multiplier: 2),
            DepthwiseCase(size: (8, 9), window: (4, 2), dilation: (2, 1), same: true, channels: 3),
            DepthwiseCase(size: (3, 4), window: (3, 3), dilation: (5, 2), same: true, channels: 20),
            DepthwiseCase(size: (7, 9), window: (1, 5), dilation: (9, 2), channels: 16, multiplier: 3),
        ]
        let random = (0..<80).map { _ in
            let same = noise.integer(in: 0...1) == 1
            let size = (noise.integer(in: 1...9), noise.integer(in: 1...12))
            return DepthwiseCase(
                size: size,
                window: (noise.integer(in: 1...(same ? 7 : size.0)), noise.integer(in: 1...(same ? 7 : size.1))),
                strides: (noise.integer(in: 1...3), noise.integer(in: 1...3)), same: same,
                channels: noise.pick([1, 2, 8, 15, 16, 17, 32, 33]), multiplier: noise.pick([1, 1, 1, 2, 5]),
                images: noise.integer(in: 1...3))
        }
        return odd + random
    }()
}

@Suite struct DepthwiseTests {
    @Test(arguments: DepthwiseCase.all)
    func `a depthwise convolution equals its definition bit for bit`(_ example: DepthwiseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        for bias in [noise.floats(shape.width), nil] {
            let expected = Reference.convolveDepthwise(shape, images: example.images, x: x, kernel: kernel, bias: bias)
            for wall in Wall.allCases {
                let images = GuardedFloats(x, wall)
                let weights = GuardedFloats(kernel, wall)
                let start = bias.map { GuardedFloats($0, wall) }
                let scratch = GuardedFloats(count: shape.repeatedFloats, wall)
                let y = GuardedFloats(count: expected.count, wall)
                convolveDepthwise(
                    shape, images: example.images, x: images.readOnly, kernel: weights.readOnly, bias: start?.readOnly,
                    y: y.base, scratch: scratch.base)
                #expect(firstDifference(y.values, expected) == nil)
                #expect(scratch.values != nil)
            }
        }
    }

    @Test(arguments: DepthwiseCase.all)
    func `a normalization and a bounded ReLU in one with it give the bits of one after the other`(
        _ example: DepthwiseCase
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        let sums = Reference.convolveDepthwise(shape, images: example.images, x: x, kernel: kernel, bias: nil)
        let coefficients = noise.floats(3 * shape.width)
        let function = BoundedReLU(maximum: 0.3)
        let expected = withEpilogue(sums, channels: shape.width, coefficients: coefficients, function)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let weights = GuardedFloats(kernel, wall)
            let rules = GuardedFloats(coefficients, wall)
            let scratch = GuardedFloats(count: shape.repeatedFloats, wall)
            let y = GuardedFloats(count: expected.count, wall)
            convolveDepthwise(
                shape, images: example.images, x: images.readOnly, kernel: weights.readOnly, bias: nil,
                epilogue: Epilogue(coefficients: rules.readOnly, bounds: ReLUBounds(function)!), y: y.base,
                scratch: scratch.base)
            #expect(firstDifference(y.values, expected) == nil)
        }
    }

    @Test(arguments: DepthwiseCase.all)
    func `the gradient of the images equals its definition bit for bit`(_ example: DepthwiseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * shape.outputCount)
        let kernel = noise.floats(shape.kernelCount)
        let expected = Reference.depthwiseInputGradient(shape, images: example.images, dy: dy, kernel: kernel)
        for wall in Wall.allCases {
            let gradient = GuardedFloats(dy, wall)
            let weights = GuardedFloats(kernel, wall)
            let scratch = GuardedFloats(count: shape.repeatedFloats, wall)
            let dx = GuardedFloats(count: expected.count, wall)
            depthwiseInputGradient(
                shape, images: example.images, dy: gradient.readOnly, kernel: weights.readOnly, dx: dx.base,
                scratch: scratch.base)
            #expect(firstDifference(dx.values, expected) == nil)
            #expect(scratch.values != nil)
        }
    }

    @Test(arguments: DepthwiseCase.all)
    func `the gradient of the kernel is added to what is there, bit for bit`(_ example: DepthwiseCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        let before = noise.floats(shape.kernelCount)
        var expected = before
        Reference.addDepthwiseKernelGradient(shape, images: example.images, x: x, dy: dy, dw: &expected)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let gradient = GuardedFloats(dy, wall)
            let scratch = GuardedFloats(count: shape.kernelGradientFloats, wall)
            let dw = GuardedFloats(before, wall)
            shape.addKernelGradient(
                images: example.images, x: images.readOnly, dy: gradient.readOnly, dw: dw.base, scratch: scratch.base)
            #expect(firstDifference(dw.values, expected) == nil)
            #expect(scratch.values != nil)
        }
    }
}
